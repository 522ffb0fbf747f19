/** What the reported posts and the comments of a long history say: mostly each its own, now and then a campaign of its time. */
import type { Dice } from './dice.ts'
import type { Lang } from './script.ts'
import { historyComments, historyPosts, historySpam } from './texts/history.ts'

const langs: readonly Lang[] = ['de', 'de', 'de', 'en', 'en', 'fr', 'es', 'ar', 'ja']

/** Reports that one campaign of the past holds, about. */
const campaignSize = 80

/** Reports within which they lie. */
const campaignEvery = 1000

/** A reported post of the past; `label` names its campaign. */
export interface PastWords {
  readonly html: string
  readonly lang: Lang
  readonly label: string | null
}

/** Makes the texts, one after the other. */
export class HistoryTexts {
  private readonly dice: Dice

  constructor(dice: Dice) {
    this.dice = dice
  }

  /** The post of the report at this place in the history; null when only the profile was reported. */
  next(place: number): PastWords | null {
    const { dice } = this
    // Campaigns come in bursts: 160 reports in a row, every second one of them theirs.
    const burst = place % campaignEvery < campaignSize * 2
    if (burst && dice.chance(0.5)) return this.spam(Math.floor(place / campaignEvery))
    if (dice.chance(0.45)) return null
    const lang = dice.pick(langs)
    const { openings, middles, ends } = historyPosts[lang]
    const joint = lang === 'ja' ? '' : ' '
    const words = [dice.pick(openings), dice.pick(middles), dice.pick(ends).replace('{n}', String(dice.whole(2, 9999)))]
    return { html: `<p>${words.join(joint)}</p>`, lang, label: null }
  }

  private spam(campaign: number): PastWords {
    const words = historySpam[campaign % historySpam.length] ?? ''
    const link = `https://offer-${campaign}.crowd.example/go`
    const html = `<p>${words} <a href="${link}?ref=${this.dice.whole(1000, 99_999)}" rel="nofollow noopener" target="_blank">${link.slice(8)}</a></p>`
    return { html, lang: 'en', label: `history:${campaign}` }
  }

  /** What somebody wrote on reporting; often nothing. */
  comment(): string {
    const { dice } = this
    if (dice.chance(0.3)) return ''
    const { first, second } = historyComments[dice.pick(langs)]
    return dice.chance(0.4)
      ? dice.pick(first)
      : `${dice.pick(first)} ${dice.pick(second).replace('{n}', String(dice.whole(2, 60)))}`
  }
}
