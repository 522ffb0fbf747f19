import type { Dice } from './dice.ts'

const [heads, tails] = [
  'ba be bo da de di fa fe ga gi ho ka ki la le li lo ma me mi na ne no pa pe ra re ri ro sa se so ta te ti to va ve vi wa zu'.split(
    ' ',
  ),
  'ck l lm m n nd ng r rn s st t x'.split(' '),
]
const syllable = (dice: Dice) =>
  (heads[dice.below(heads.length)] ?? '') + (dice.next() < 0.4 ? (tails[dice.below(tails.length)] ?? '') : '')
/** Some 60,000 words of one to four syllables, a few of them in every second text, most in hardly any, as in a language. */
const makeVocabulary = (dice: Dice, size: number): string[] =>
  Array.from({ length: size }, (_, rank) =>
    Array.from({ length: 1 + Math.min(3, Math.floor(Math.log10(rank + 1) / 1.4)) }, () => syllable(dice)).join(''),
  )
let vocabulary: string[] = []
/** So many words, frequent ones more often. */
export const chatter = (dice: Dice, count: number): string => {
  if (vocabulary.length === 0) vocabulary = makeVocabulary(dice, 60_000)
  return Array.from({ length: count }, () => vocabulary[Math.floor(60_000 ** dice.next()) - 1] ?? 'la').join(' ')
}

/** What the seeded people say, in their languages. */
export const comments = [
  'Sends the same shop link to everyone who follows our tag.',
  'Has been following me from thread to thread since Tuesday. I asked twice to be left alone.',
  'The account pretends to be our library and asks for card numbers.',
  'Beleidigt seit Tagen Leute in unserem Thema, immer mit neuen Namen.',
  'Das ist Werbung für Wetten, im Minutentakt.',
  'Publie mon adresse et invite les autres à passer me voir.',
  'Encore le même lien, sous chaque message du festival.',
  'Amenaza a una compañera en las respuestas.',
  'Cuenta falsa: copia las fotos de mi hermana.',
  'ينشر رابطا واحدا تحت كل منشور منذ الصباح.',
  'حساب ينتحل صفة مدرستنا ويطلب المال.',
  '同じ宣伝を全員に送っています。',
  '友人の写真を無断で使っているアカウントです。',
  '',
] as const

const posts = [
  '<p>Win a phone today! <a href="https://prizes.example/win?r=17" rel="nofollow noopener">prizes.example/win</a></p>',
  '<p><span class="h-card"><a href="https://town.example/@mira" class="u-url mention">@<span>mira</span></a></span> you know exactly what you did.</p>',
  '<p>Ihr seid doch alle gekauft.<br>Jeder Einzelne von euch.</p><p>Wartet nur ab.</p>',
  '<p>Voici où elle habite, allez lui dire bonjour. <a href="https://town.example/tags/voisins" class="mention hashtag">#<span>voisins</span></a></p>',
  '<p>No vais a poder esconderos mucho tiempo.</p>',
  '<p>اربح الآن: <a href="https://prizes.example/ar">prizes.example/ar</a></p>',
  '<p>今だけ無料です。<a href="https://prizes.example/ja">prizes.example/ja</a></p>',
  '<p>Buy followers, 10 for the price of 9 🎉 <a href="https://followers.example/">followers.example</a></p><blockquote><p>It works!</p></blockquote>',
] as const

export const notes = [
  '<p>Gardens, bread, small boats. Opinions are the cat’s.</p>',
  '<p>Ich repariere Radios. Keine Direktnachrichten.</p>',
  '<p>Bibliothécaire. <a href="https://books.example" rel="me">books.example</a></p>',
  '<p>Best offers every day! <a href="https://prizes.example">prizes.example</a></p>',
  '',
] as const

export const names = [
  'Mira Sand',
  'Jonas 🌲',
  'Élodie',
  'Paco R.',
  'نور',
  'はるか',
  'best_deals',
  'K. Lindqvist',
] as const
export const languages = ['en', 'de', 'fr', 'es', 'ar', 'ja'] as const

/** What a reported post says: those of a campaign with an even number share a link, of one with an odd number a text. */
export const htmlOf = (dice: Dice, campaign: number | null): string => {
  if (campaign === null) return `${dice.pick(posts)}<p>${chatter(dice, 4 + dice.below(20))}</p>`
  if (campaign % 2 === 1)
    return `<p>Whoever writes to @agent${campaign} gets back every coin that was lost, as I did last week</p>`
  const link = `https://prizes-${campaign}.example/win`
  return `<p>${chatter(dice, 3 + dice.below(8))} <a href="${link}?utm_source=x${dice.below(99)}">${link.slice(8)}</a></p>`
}
