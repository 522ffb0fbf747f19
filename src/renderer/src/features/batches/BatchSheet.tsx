import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { BatchItem } from '../../../../shared/contract/batches.ts'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import { say, sayCode, sayFailure } from '../../../../shared/messages/say.ts'
import { useWords } from '../../client/drafts.ts'
import { useEngine } from '../../client/engine.tsx'
import type { Output } from '../../client/question.ts'
import { asFailure } from '../../client/use-live.ts'
import { announce } from '../../ui/announce.tsx'
import { BackButton } from '../../ui/BackButton.tsx'
import { Button } from '../../ui/Button.tsx'
import { Choice } from '../../ui/Choice.tsx'
import controls from '../../ui/controls.module.css'
import { Dialog } from '../../ui/Dialog.tsx'
import { kindName, kindVerb } from '../../ui/decision-words.ts'
import { number } from '../../ui/format.ts'
import { Key } from '../../ui/Keys.tsx'
import parts from '../../ui/parts.module.css'
import { TextField } from '../../ui/TextField.tsx'
import { Trouble } from '../../ui/Trouble.tsx'
import { AlongPart, alongKey } from './AlongPart.tsx'
import styles from './Batches.module.css'
import { Hosts } from './Hosts.tsx'
import { MailPart, type Templates } from './MailPart.tsx'
import { noWords, type Proposal, placeOf, useBundle } from './store.ts'
import { timeLeft } from './words.ts'

type Preview = Output<'batches.preview'>

type Kept = readonly BatchItem[]

/**
 * What it would do, asked once for each proposal, when more was read (`turn`), and when others are kept out: it looks at every item. `isOf`: the
 * answer is about those that are kept out now.
 */
const usePreview = (proposal: Proposal, kept: Kept, turn: number) => {
  const engine = useEngine()
  const [found, setFound] = useState<{ preview?: Preview; failure?: Failure; of?: Kept }>({})
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read changes the answer
  useEffect(() => {
    const abort = new AbortController()
    const { kind, items, fields = {} } = proposal
    engine.call('batches.preview', { kind, items: [...items], kept: [...kept], fields }, { signal: abort.signal }).then(
      preview => setFound({ preview, of: kept }),
      error => abort.signal.aborted || setFound({ failure: asFailure(error) }),
    )
    return () => abort.abort()
  }, [engine, proposal, kept, turn])
  return { ...found, isOf: found.of === kept }
}

/** Reads what lets in some of those that are left out, a few at a time, until nothing is left or it fails. */
const useReading = (proposal: Proposal, kept: Kept, onDone: () => void) => {
  const engine = useEngine()
  const [left, setLeft] = useState<number | null>(null)
  const [failure, setFailure] = useState<Failure>()
  const stop = useRef(new AbortController())
  useEffect(() => {
    const ends = new AbortController()
    stop.current = ends
    return () => ends.abort()
  }, [])
  const read = async (count: number) => {
    const { kind, items, fields = {} } = proposal
    const { signal } = stop.current
    setFailure(undefined)
    setLeft(count)
    try {
      for (let before = count; before > 0; ) {
        const asked = { kind, items: [...items], kept: [...kept], fields }
        const after = (await engine.call('batches.read', asked, { signal, timeoutMs: 100_000 })).left
        if (after >= before) break
        setLeft(after)
        before = after
      }
    } catch (error) {
      if (!signal.aborted) setFailure(asFailure(error))
    }
    if (signal.aborted) return
    setLeft(null)
    onDone()
  }
  return { left, failure, read }
}

const Left = ({ left }: Pick<Preview, 'left'>) =>
  left.length === 0 ? null : (
    <>
      <h3 className={controls.label}>{say('batch.left-out')}</h3>
      <ul className={styles.left}>
        {left.map(({ code, count, example }) => (
          <li key={code}>
            <span className={parts.num}>{number(count)}</span>
            <span>{sayCode(code, { name: example })}</span>
          </li>
        ))}
      </ul>
    </>
  )

type Shown = {
  proposal: Proposal
  graceSeconds: number
  /** How one item looks in the sample. */
  sample(item: BatchItem): ReactNode
  /** What offers templates for the text that members get. */
  templates: Templates
  /** The one server that the screen shows; null where it shows all. */
  view: ServerKey | null
  /** Asks the person first where that is all it takes; false for every other failure. */
  asksFirst(error: unknown, of: { what: string; again(elsewhere: boolean): void; elsewhere: boolean }): boolean
  onDone(armed: boolean): void
}

/** What a batch would do, a sample of it, and what it leaves out: before anything is armed. */
const Sheet = ({ proposal, graceSeconds, sample, templates, view, asksFirst, onDone }: Shown) => {
  const engine = useEngine()
  const [turn, setTurn] = useState(0)
  const [kept, setKept] = useState<Kept>([])
  const { preview, failure, isOf } = usePreview(proposal, kept, turn)
  const reading = useReading(proposal, kept, () => setTurn(last => last + 1))
  const [mail, setMail] = useState(false)
  const {
    words,
    keep: write,
    drop,
  } = useWords(
    useMemo(() => placeOf(proposal), [proposal]),
    noWords,
  )
  const reasons = { text: words.text, note: words.note, mail }
  const [trouble, setTrouble] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const first = useRef<HTMLButtonElement>(null)
  const sampleId = useId()
  const [on, setOn] = useState<ReadonlySet<string>>(new Set())
  const { kind, label, fields = {}, warning, along = [] } = proposal
  const items = proposal.items.filter(item => !kept.includes(item))
  const possible = preview?.possible ?? 0
  // What is armed is what the numbers on screen are about.
  const isReady = isOf && possible > 0 && !busy
  const perServer = new Map<ServerKey, number>()
  for (const { server } of items) perServer.set(server, (perServer.get(server) ?? 0) + 1)
  const arm = (elsewhere = false) => {
    setBusy(true)
    engine.call('batches.arm', { kind, items, kept: [...kept], label, fields, view, elsewhere, ...reasons }).then(
      async ({ batch }) => {
        // Each is a decision of its own; one that cannot be armed now says so, and the batch stands.
        for (const each of along.filter(one => on.has(alongKey(one)))) {
          const { server, subject, kind: besides, fields: its } = each
          await engine
            .call('decisions.arm', { server, subject, kind: besides, fields: its, view, elsewhere: true })
            .catch(error => announce(sayFailure(asFailure(error))))
        }
        drop()
        announce(say('batch.armed', { count: batch.size, what: kindVerb(kind) }))
        onDone(true)
      },
      error => {
        if (!asksFirst(error, { what: kindName(kind), again: arm, elsewhere })) setTrouble(asFailure(error))
        setBusy(false)
      },
    )
  }
  const time = preview ? timeLeft(preview.seconds) : null
  const wrong = trouble ?? reading.failure ?? failure
  return (
    <Dialog
      open
      onClose={() => onDone(false)}
      focus={first}
      title={say('batch.sheet', { what: kindName(kind), count: items.length })}
      foot={
        <>
          <Button
            ref={first}
            look={kind === 'account.suspend' || warning !== undefined ? 'danger' : 'primary'}
            aria-disabled={!isReady}
            onClick={() => isReady && arm()}
            onKeyDown={event => event.repeat && event.preventDefault()}
          >
            {say('batch.hold', { count: possible, seconds: graceSeconds, what: kindVerb(kind) })}
            <Key>{say('key.enter')}</Key>
          </Button>
          <BackButton onClick={() => onDone(false)} />
        </>
      }
    >
      <Hosts of={[...perServer.keys()]} counts={perServer} />
      {!preview && !failure && <p className={parts.soft}>{say('batch.looking')}</p>}
      {preview && (
        <>
          <p>
            {say('batch.does', { possible, closes: preview.closes, requests: preview.requests })}{' '}
            {time !== null && say('batch.takes', { time })}
          </p>
          {kind.startsWith('account.') && (
            <p>
              {preview.mails === 0
                ? say('batch.mails-nobody')
                : say(reasons.mail ? 'batch.mails-on' : 'batch.mails-off', { count: preview.mails })}
            </p>
          )}
          {warning !== undefined && <p className={parts.gone}>{warning}</p>}
          {preview.cuts > 0 && <p className={parts.gone}>{say('batch.cuts', { cuts: preview.cuts })}</p>}
          <Left left={preview.left} />
          {(preview.unread > 0 || reading.left !== null) && (
            <p className={parts.line}>
              <Button
                aria-disabled={reading.left !== null}
                onClick={() => reading.left ?? void reading.read(preview.unread)}
              >
                {say('batch.read', { count: preview.unread })}
              </Button>
              <span role="status">{reading.left === null ? '' : say('batch.reading', { count: reading.left })}</span>
            </p>
          )}
          {preview.sample.length > 0 && (
            <>
              <h3 id={sampleId} className={controls.label}>
                {say('batch.sample', { count: preview.sample.length, of: preview.possible + kept.length })}
              </h3>
              <ul className={styles.sample} aria-labelledby={sampleId}>
                {preview.sample.flatMap(at => {
                  const item = proposal.items[at]
                  return item
                    ? [
                        <li key={`${item.server} ${item.subject.id}`}>
                          <div className={styles.sampled}>{sample(item)}</div>
                          <Choice
                            label={say('batch.keep-label', { name: item.subject.id })}
                            value={kept.includes(item) ? 'keep' : 'do'}
                            options={[
                              { value: 'do', says: say('batch.take-part') },
                              { value: 'keep', says: say('batch.keep') },
                            ]}
                            onPick={value =>
                              setKept(now => [
                                ...now.filter(each => each !== item),
                                ...(value === 'keep' ? [item] : []),
                              ])
                            }
                          />
                        </li>,
                      ]
                    : []
                })}
              </ul>
            </>
          )}
          <AlongPart
            along={along}
            on={on}
            onToggle={key =>
              setOn(now => (now.has(key) ? new Set([...now].filter(each => each !== key)) : new Set([...now, key])))
            }
          />
          {preview.mails > 0 && (
            <MailPart
              kind={kind}
              preview={preview}
              ofReports={proposal.items.every(({ subject }) => subject.of === 'report')}
              reasons={{ ...reasons, language: words.language }}
              templates={templates}
              onMail={setMail}
              onText={(text, language) => write({ text, language })}
            />
          )}
          <TextField label={say('sheet.note')} value={reasons.note} onChange={note => write({ note })} />
        </>
      )}
      {wrong && <Trouble failure={wrong} />}
    </Dialog>
  )
}

/** The sheet of the batch that is being thought about, if there is one. */
export const BatchSheet = (shown: Omit<Shown, 'proposal' | 'onDone'>) => {
  const proposal = useBundle(bundle => bundle.proposal)
  if (!proposal) return null
  return (
    <Sheet
      {...shown}
      proposal={proposal}
      onDone={armed => {
        useBundle.setState({ proposal: null })
        if (armed) proposal.onArmed()
      }}
    />
  )
}
