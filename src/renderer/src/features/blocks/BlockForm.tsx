import { useDeferredValue, useId, useState } from 'react'
import {
  type AddressSeverity,
  type Block,
  type BlockFamily,
  AddressSeverity as severities,
} from '../../../../shared/contract/blocks.ts'
import type { DecisionKind, Fields } from '../../../../shared/contract/decisions.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { domainText } from '../../../../shared/domain-name.ts'
import { say, sayCode, sayFailure } from '../../../../shared/messages/say.ts'
import { useWords } from '../../client/drafts.ts'
import { useArm } from '../../client/use-arm.ts'
import { useLive } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip, Choice } from '../../ui/Choice.tsx'
import controls from '../../ui/controls.module.css'
import { span } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import parts from '../../ui/parts.module.css'
import { TypeName } from '../../ui/TypeName.tsx'
import styles from './Blocks.module.css'

const kinds: Record<BlockFamily, DecisionKind> = {
  'email-domain': 'email-domain.block',
  address: 'address.block',
  'canonical-email': 'canonical-email.block',
}
const DAY_S = 86_400
const ends = [0, 1, 7, 30, 90, 365].map(days => days * DAY_S)

type Chosen = { allow: boolean; severity: AddressSeverity; expiresIn: number }
const nothing: Chosen = { allow: false, severity: 'sign_up_block', expiresIn: 30 * DAY_S }

/** What a block has now; its end counts anew from today, the nearest of those offered. */
const chosenOf = (block: Block | undefined): Chosen => {
  if (!block) return nothing
  const left = block.expiresAt === null ? 0 : Math.max(DAY_S, (block.expiresAt - Date.now()) / 1000)
  const expiresIn = block.expiresAt === null ? 0 : (ends.find(end => end >= left) ?? ends.at(-1) ?? 0)
  return { allow: block.allowWithApproval, severity: block.severity ?? 'sign_up_block', expiresIn }
}

const fieldsOf = (family: BlockFamily, { allow, severity, expiresIn }: Chosen, comment: string): Fields => {
  if (family === 'email-domain') return { allowWithApproval: allow }
  return family === 'address' ? { severity, comment, expiresIn } : {}
}

type AddressShown = {
  chosen: Chosen
  comment: string
  onChoose(chosen: Chosen): void
  onComment(comment: string): void
}

const AddressChoices = ({ chosen, comment, onChoose, onComment }: AddressShown) => {
  const commentId = useId()
  return (
    <>
      <Choice
        label={say('blocks.severity')}
        value={chosen.severity}
        options={severities.options.map(each => ({ value: each, says: say(`blocks.severity.${each}`) }))}
        onPick={severity => onChoose({ ...chosen, severity })}
      />
      <Chip
        label={say('blocks.expires')}
        value={String(chosen.expiresIn)}
        options={ends.map(end => ({
          value: String(end),
          says: `${say('blocks.expires')} ${end === 0 ? say('blocks.expires.never') : span(end * 1000)}`,
        }))}
        onPick={end => onChoose({ ...chosen, expiresIn: Number(end) })}
      />
      <span className={styles.comment}>
        <label className={parts.unseen} htmlFor={commentId}>
          {say('blocks.comment')}
        </label>
        <input
          id={commentId}
          className={controls.field}
          placeholder={say('blocks.comment')}
          maxLength={2000}
          dir="auto"
          value={comment}
          onChange={event => onComment(event.target.value)}
        />
      </span>
    </>
  )
}

/** What is typed. An e-mail address that is blocked by its fingerprint is written down nowhere, so it is no draft. */
const useTexts = (server: ServerKey, family: BlockFamily, taken: Block | undefined) => {
  const [isSent, setSent] = useState(false)
  const before = { text: (isSent ? undefined : taken?.value) ?? '', comment: taken?.comment ?? '' }
  const draft = useWords({ of: 'block', key: `${server} ${family} ${taken?.id ?? 'new'}` }, before)
  const [unkept, setUnkept] = useState(before)
  const send = () => {
    setSent(true)
    setUnkept({ ...unkept, text: '' })
    draft.drop()
  }
  if (family !== 'canonical-email') return { ...draft.words, write: draft.keep, send }
  const write = (typed: Partial<typeof before>) => setUnkept({ ...unkept, ...typed })
  return { ...unkept, write, send }
}

type Shown = {
  server: Server
  family: BlockFamily
  /** The block that is to be changed. */
  taken: Block | undefined
}

/** Blocks one more, or changes one that was taken up: what was typed is shown as the server will keep it, before anything is armed. */
export const BlockForm = ({ server, family, taken }: Shown) => {
  const { text, comment, write, send } = useTexts(server.key, family, taken)
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(() => chosenOf(taken))
  const [textId, saysId] = [useId(), useId()]
  const { arm, busy, trouble } = useArm()
  const asked = useDeferredValue(text.trim())
  const read = useLive('blocks.read', asked === '' ? null : { family, server: server.key, text: asked }).data
  const value = read?.value ?? null
  const subject = value === null ? null : { of: family, id: value }
  const ladder = useLive('decisions.ladder', subject === null ? null : { server: server.key, subject }).data
  const held = read?.block ?? null
  // An address that is blocked already can be changed; the others only be lifted.
  const changes = family === 'address' && held !== null
  const kind = changes ? 'address.change' : kinds[family]
  const rung = ladder?.rungs.find(each => each.kind === kind)
  const brake = rung?.brake ?? null
  const block = () => {
    if (subject === null) return
    const fields = fieldsOf(family, chosen, comment)
    void arm({ server: server.key, subject, kind, fields, typed }, () => {
      send()
      setTyped('')
    })
  }
  const problem = read?.problem ?? (held !== null && !changes ? null : (rung?.refusal ?? null))
  return (
    <form
      className={styles.form}
      onSubmit={event => {
        event.preventDefault()
        if (!busy) block()
      }}
    >
      <span className={styles.text}>
        <label className={controls.label} htmlFor={textId}>
          {say(`blocks.new.${family}`)}
        </label>
        <input
          id={textId}
          className={controls.field}
          autoComplete="off"
          spellCheck={false}
          maxLength={300}
          value={text}
          aria-invalid={problem !== null}
          aria-describedby={saysId}
          onChange={event => write({ text: event.target.value })}
        />
      </span>
      {family === 'email-domain' && (
        <label className={controls.check}>
          <input
            type="checkbox"
            checked={chosen.allow}
            onChange={event => setChosen({ ...chosen, allow: event.target.checked })}
          />
          {say('blocks.allow')}
        </label>
      )}
      {family === 'address' && (
        <AddressChoices
          chosen={chosen}
          comment={comment}
          onChoose={setChosen}
          onComment={next => write({ comment: next })}
        />
      )}
      {brake !== null && rung && (
        <div className={styles.text}>
          <TypeName says={sayCode(brake, { name: rung.name })} name={rung.name} typed={typed} onType={setTyped} />
        </div>
      )}
      <Button
        type="submit"
        look="primary"
        disabled={busy || value === null || problem !== null || (held !== null && !changes)}
      >
        {say(changes ? 'blocks.change' : 'blocks.block')}
      </Button>
      <p className={styles.says} id={saysId} aria-live="polite">
        {problem !== null && (
          <span className={parts.error}>
            <Icon name="failed" />
            <span>{sayCode(problem)}</span>
          </span>
        )}
        {held !== null && !changes && say('blocks.there')}
        {problem === null && value !== null && (changes || held === null) && (
          <>
            <bdi className={parts.mono}>{say('blocks.as', { value: domainText(value) })}</bdi>
            {rung && ` · ${sayCode(rung.does.code)}`}
          </>
        )}
        {/* What asks for the name says so already. */}
        {trouble && trouble.detail.reason !== brake && <span className={parts.error}>{sayFailure(trouble)}</span>}
      </p>
    </form>
  )
}
