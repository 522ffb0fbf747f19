import { useState } from 'react'
import { say, sayCode } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { Button } from '../../ui/Button.tsx'
import { ConsequenceText } from '../../ui/ConsequenceText.tsx'
import { cx } from '../../ui/cx.ts'
import { date } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'
import { TypeName } from '../../ui/TypeName.tsx'
import styles from './Domains.module.css'
import type { Deciding } from './deciding.ts'

/** Its place among the allowed domains, which count in limited federation only. */
export const AllowPart = ({ page, deciding }: { page: Output<'domains.show'>; deciding: Deciding }) => {
  const { allowedAt, refusals, brakes, domain, effects } = page
  const [typed, setTyped] = useState('')
  const brake = allowedAt === null ? null : brakes.disallow
  const refusal = allowedAt === null ? refusals.allow : refusals.disallow
  const can = refusal === null && (brake === null || typed.trim() === domain)
  return (
    <section className={styles.part} aria-labelledby="allow-h">
      <div className={parts.partHead}>
        <h2 id="allow-h">{say('domains.allow-h')}</h2>
        <span className={parts.sum}>
          {allowedAt === null ? say('domains.not-allowed') : say('domains.allowed-since', { date: date(allowedAt) })}
        </span>
        <span className={parts.push} />
        <Button
          aria-disabled={!can || deciding.busy}
          onClick={() =>
            can && void deciding.arm(allowedAt === null ? 'domain.allow' : 'domain.disallow', {}, typed.trim())
          }
        >
          {say(allowedAt === null ? 'kind.domain.allow' : 'kind.domain.disallow')}
        </Button>
      </div>
      <ul className={styles.effects}>
        {(allowedAt === null ? effects.allow : effects.disallow).map(each => (
          <li key={each.code}>
            <ConsequenceText says={each} />
          </li>
        ))}
      </ul>
      {refusal !== null && <p className={cx(parts.quiet, styles.small)}>{sayCode(refusal)}</p>}
      {brake !== null && refusal === null && (
        <TypeName says={sayCode(brake, { name: domain })} name={domain} typed={typed} onType={setTyped} />
      )}
    </section>
  )
}
