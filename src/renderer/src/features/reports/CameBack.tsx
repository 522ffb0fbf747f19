import { say } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import { list } from '../../ui/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { KeyOf, useShortcut } from '../../ui/Keys.tsx'
import parts from '../../ui/parts.module.css'
import styles from './Case.module.css'
import type { Case } from './CaseHead.tsx'

/** What changed on the server between going to the web admin and coming back. */
export type Changes = { flags: readonly ('suspended' | 'limited' | 'sensitive' | 'frozen')[]; posts: number }

type Left = { flags: Case['account']['flags']; gone: ReadonlySet<string> }

const isGone = ({ standing }: Case['posts'][number]) => standing === 'hidden' || standing === 'out'

/** The case as one left it. */
export const leaving = ({ account, posts }: Case): Left => ({
  flags: account.flags,
  gone: new Set(posts.filter(isGone).map(post => post.id)),
})

/** What was done meanwhile that a still open report may be closed for; nothing where nothing was. */
export const changesSince = (left: Left, { report, account, posts }: Case): Changes | null => {
  if (report.resolvedAt !== null) return null
  const flags = (['suspended', 'limited', 'sensitive', 'frozen'] as const).filter(
    flag => account.flags[flag] === true && left.flags[flag] !== true,
  )
  const gone = posts.filter(post => isGone(post) && !left.gone.has(post.id)).length
  return flags.length + gone === 0 ? null : { flags, posts: gone }
}

/** Offers to close the report of a case that was dealt with in the web admin. */
export const CameBack = ({ changes, onClose, onLeave }: { changes: Changes; onClose(): void; onLeave(): void }) => {
  const said = [
    ...changes.flags.map(flag => say(`flag.${flag}`)),
    ...(changes.posts > 0 ? [say('back.posts', { count: changes.posts })] : []),
  ]
  return (
    <div className={styles.back} role="status">
      <Icon name="undo" />
      <span>{say('back.says', { what: list(said) })}</span>
      <span className={parts.push} />
      <Button aria-keyshortcuts={useShortcut('rung-1')} onClick={onClose}>
        {say('back.close')}
        <KeyOf command="rung-1" />
      </Button>
      <Button look="bare" onClick={onLeave}>
        {say('back.leave')}
      </Button>
    </div>
  )
}
