import { useCallback, useEffect, useState } from 'react'
import type { DomainMeasure } from '../../../../shared/contract/domains.ts'
import type { Failure } from '../../../../shared/contract/failure.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useEngine } from '../../client/engine.tsx'
import { asFailure } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { ago, bytes, number } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'
import { useNow } from '../../ui/use-now.ts'
import type { atWork } from './at-work.ts'
import styles from './Domains.module.css'

const figures = ['accounts', 'follows', 'followers', 'statuses', 'reports', 'mediaBytes'] as const

const figure = (name: (typeof figures)[number], value: number | null) =>
  value === null ? say('domains.not-counted') : name === 'mediaBytes' ? bytes(value) : number(value)

type Shown = {
  server: ServerKey
  domain: string
  measure: DomainMeasure | null
  /** Ask at once: something is about to be decided that rests on it. */
  needed: boolean
  /** Given where the server may still be working through a suspension. */
  work: ReturnType<typeof atWork>
}

/** What the server counts of the domain, asked for when it is needed or wanted. */
export const Measures = ({ server, domain, measure, needed, work }: Shown) => {
  const engine = useEngine()
  const now = useNow(30_000)
  const [asking, setAsking] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const ask = useCallback(() => {
    setAsking(true)
    setFailure(undefined)
    engine
      .call('domains.measure', { server, domain }, { timeoutMs: 100_000 })
      .catch((error: unknown) => setFailure(asFailure(error)))
      .finally(() => setAsking(false))
  }, [engine, server, domain])
  const missing = needed && measure === null
  useEffect(() => {
    if (missing) ask()
  }, [missing, ask])
  return (
    <section className={styles.part} aria-labelledby="measures-h">
      <div className={parts.partHead}>
        <h2 id="measures-h">{say('domains.measures')}</h2>
        <span className={parts.sum}>
          {asking ? say('domains.counting') : measure ? say('domains.counted', { ago: ago(now - measure.at) }) : ''}
        </span>
        <span className={parts.push} />
        <Button look="bare" disabled={asking} onClick={ask}>
          {say(measure ? 'domains.count-again' : 'domains.count')}
        </Button>
      </div>
      {failure && (
        <p className={parts.error} role="alert">
          {failure.code === 'not-allowed' ? say('domains.no-dashboard') : sayFailure(failure)}
        </p>
      )}
      {work !== null && (
        <p role="status">
          {say('domains.at-work')}{' '}
          {work === 'unasked' ? say('domains.at-work-unasked') : say('domains.at-work-left', work)}
        </p>
      )}
      <dl className={styles.figures}>
        {figures.map(name => (
          <div key={name}>
            <dt>{say(`domains.figure.${name}`)}</dt>
            <dd>{measure ? figure(name, measure[name]) : '–'}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
