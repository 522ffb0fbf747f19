import { say } from '../../../../shared/messages/say.ts'
import type { Output } from '../../client/question.ts'
import { buttonClass } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import styles from './Handover.module.css'
import type { Ways } from './ways.ts'

type Waiting = Output<'handover.read'>['waits']

/** Decisions that do not go on by themselves, each with where one says more. What is held or paused stands in the bar below. */
export const Waits = ({ waits, ways }: { waits: Waiting; ways: Ways }) => {
  const lines = (
    [
      ['unknown', ways.needs, 'unknown'],
      ['needsPerson', ways.needs, 'unknown'],
      ['confirm', ways.needs, 'held'],
      ['signIn', ways.settings, 'lock'],
      ['paused', null, 'held'],
      ['held', null, 'held'],
    ] as const
  ).filter(([name]) => waits[name] > 0)
  if (lines.length === 0) return null
  return (
    <section aria-labelledby="handover-waits">
      <h2 id="handover-waits">{say('handover.waits')}</h2>
      <ul>
        {lines.map(([name, href, icon]) => (
          <li key={name} className={styles.line}>
            <Icon name={icon} small />
            <span>{say(`handover.waits.${name}`, { count: waits[name] })}</span>
            {href !== null && (
              <a className={buttonClass('bare')} href={href}>
                {say('needs.look')}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
