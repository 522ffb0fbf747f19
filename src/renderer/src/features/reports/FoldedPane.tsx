import type { ReactNode } from 'react'
import type { GroupHead } from '../../../../shared/contract/reports.ts'
import { say } from '../../../../shared/messages/say.ts'
import { Button } from '../../ui/Button.tsx'
import { KeyOf, useShortcut } from '../../ui/Keys.tsx'
import pane from '../../ui/pane.module.css'
import styles from './FoldedPane.module.css'
import { GroupTitle } from './GroupHead.tsx'
import { canMark } from './marks.ts'

type Shown = {
  group: GroupHead
  onUnfold(): void
  onMark(): void
  /** The ladder of everything that is marked, while keys act on that. */
  marked: ReactNode
}

/** In place of a case while the head of a folded group is the current row: what it stands for, and that no key decides about it so. */
export const FoldedPane = ({ group, onUnfold, onMark, marked }: Shown) => {
  const [unfoldKey, markKey] = [useShortcut('unfold'), useShortcut('mark-group')]
  return (
    <section className={pane.pane} aria-labelledby="folded-h">
      <header className={pane.head}>
        <h2 className={styles.title} id="folded-h">
          <GroupTitle group={group} />
        </h2>
      </header>
      <div className={styles.says}>
        <p>{say('fold.says', { reports: group.reports })}</p>
        <div className={styles.acts}>
          <Button aria-keyshortcuts={unfoldKey} onClick={onUnfold}>
            {say('fold.unfold')}
            <KeyOf command="unfold" />
          </Button>
          {canMark(group) && (
            <Button aria-keyshortcuts={markKey} onClick={onMark}>
              {say('marks.group', { count: group.reports })}
              <KeyOf command="mark-group" />
            </Button>
          )}
        </div>
      </div>
      {marked}
    </section>
  )
}
