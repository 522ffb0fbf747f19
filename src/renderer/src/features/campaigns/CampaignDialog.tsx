import { type FormEvent, useId, useRef, useState } from 'react'
import { CAMPAIGN_SAID } from '../../../../shared/contract/campaigns.ts'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useWords } from '../../client/drafts.ts'
import { useEngine } from '../../client/engine.tsx'
import type { Output } from '../../client/question.ts'
import { asFailure, useLive } from '../../client/use-live.ts'
import { announce } from '../../ui/announce.tsx'
import { BackButton } from '../../ui/BackButton.tsx'
import { Button } from '../../ui/Button.tsx'
import controls from '../../ui/controls.module.css'
import { Dialog } from '../../ui/Dialog.tsx'
import { ago, date, number, series } from '../../ui/format.ts'
import { Key } from '../../ui/Keys.tsx'
import parts from '../../ui/parts.module.css'
import { Trouble } from '../../ui/Trouble.tsx'

type About = Output<'campaigns.about'>

/** Servers that are named; the others are counted. */
const NAMED = 6

const Facts = ({ about }: { about: About }) => {
  const [now] = useState(() => Date.now())
  const { open, closed, accounts, origins, firstAt, lastAt } = about
  const named = origins
    .slice(0, NAMED)
    .map(({ domain, accounts: count }) =>
      say('campaign.on', { server: domain ?? say('filter.members'), count: number(count) }),
    )
  const others = origins.length - named.length
  return (
    <dl className={parts.pairs}>
      <dt>{say('campaign.reports')}</dt>
      <dd>{say('campaign.open-closed', { open, closed })}</dd>
      <dt>{say('campaign.accounts')}</dt>
      <dd>
        {say('campaign.spread', { accounts, servers: origins.length })}
        <br />
        <span className={parts.soft}>
          {series(others > 0 ? [...named, say('campaign.on-others', { count: others })] : named)}
        </span>
      </dd>
      {firstAt !== null && lastAt !== null && (
        <>
          <dt>{say('campaign.time')}</dt>
          <dd>{say('campaign.since', { first: date(firstAt), last: ago(now - lastAt) })}</dd>
        </>
      )}
    </dl>
  )
}

type Shown = { campaign: string; shows: string; server: ServerKey; onClose(): void }

const Form = ({ about, campaign, shows, server, onClose }: Shown & { about: About }) => {
  const engine = useEngine()
  const { words, keep: write, drop } = useWords({ of: 'campaign', key: campaign }, { text: about.said?.text ?? '' })
  const { text } = words
  const [failure, setFailure] = useState<Failure>()
  const field = useRef<HTMLTextAreaElement>(null)
  const [fieldId, formId] = [useId(), useId()]
  const keep = (event: FormEvent) => {
    event.preventDefault()
    engine.call('campaigns.say', { key: campaign, server, text }).then(
      () => {
        drop()
        announce(say('campaign.kept'))
        onClose()
      },
      error => setFailure(asFailure(error)),
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      focus={field}
      title={<bdi dir="auto">{shows}</bdi>}
      foot={
        <>
          <Button type="submit" form={formId} look="primary" aria-keyshortcuts="Control+Enter Meta+Enter">
            {say('notes.keep')}
            <Key>{`${say('key.control')} ${say('key.enter')}`}</Key>
          </Button>
          <BackButton onClick={onClose} />
        </>
      }
    >
      <p>{say(campaign.startsWith('link:') ? 'campaign.same-link' : 'campaign.same-text')}</p>
      <Facts about={about} />
      <form id={formId} onSubmit={keep}>
        <label className={controls.label} htmlFor={fieldId}>
          {say('campaign.said')}
        </label>
        <textarea
          ref={field}
          id={fieldId}
          className={controls.field}
          rows={3}
          maxLength={CAMPAIGN_SAID}
          dir="auto"
          value={text}
          onChange={event => write({ text: event.target.value })}
          onKeyDown={event => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.repeat) keep(event)
          }}
        />
        <p className={parts.quiet}>
          {about.said
            ? say('campaign.said-by', { who: about.said.author, at: date(about.said.at) })
            : say('notes.only-here')}
        </p>
        {failure && <Trouble failure={failure} />}
      </form>
    </Dialog>
  )
}

/** Everything about a campaign in numbers, and what people here say about it, kept for when it comes back. */
export const CampaignDialog = (shown: Shown) => {
  const { data, failure } = useLive('campaigns.about', { key: shown.campaign })
  if (data) return <Form key={shown.campaign} {...shown} about={data} />
  return failure ? (
    <Dialog open onClose={shown.onClose} title={<bdi dir="auto">{shown.shows}</bdi>}>
      <p role="alert">{sayFailure(failure)}</p>
    </Dialog>
  ) : null
}
