import type { RefObject } from 'react'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { AccountFacts } from '../features/accounts/AccountFacts.tsx'
import { Ladder } from '../features/decisions/Ladder.tsx'
import { Sheet } from '../features/decisions/Sheet.tsx'
import { Notes } from '../features/notes/Notes.tsx'
import { Posts } from '../features/posts/Posts.tsx'
import { Before } from '../features/reports/Before.tsx'
import { CaseHead } from '../features/reports/CaseHead.tsx'
import { Told } from '../features/reports/Told.tsx'
import { TemplatePick } from '../features/templates/TemplatePick.tsx'
import { Button } from '../ui/Button.tsx'
import { cx } from '../ui/cx.ts'
import { Icon } from '../ui/Icon.tsx'
import { KeyOf, useShortcut } from '../ui/Keys.tsx'
import { edgeOf } from '../ui/Mark.tsx'
import { ScrollArea } from '../ui/ScrollArea.tsx'
import { ActOnServer } from './ActOnServer.tsx'
import styles from './CasePane.module.css'
import type { CaseInView } from './use-case.ts'

const Actions = ({ view }: { view: CaseInView }) => (
  <>
    <Button look="bare" aria-keyshortcuts={useShortcut('assign')} onClick={view.assign}>
      {say(view.shown?.report.assignedTo?.me ? 'case.give-back' : 'case.take')}
      <KeyOf command="assign" />
    </Button>
    <Button look="bare" aria-keyshortcuts={useShortcut('web-admin')} onClick={view.openWebAdmin}>
      <Icon name="out" small />
      {say('case.web-admin')}
      <KeyOf command="web-admin" />
    </Button>
  </>
)

type Shown = {
  view: CaseInView
  graceSeconds: number
  onLink(href: string): void
  /** Gives the focus back to the queue. */
  onLeave(): void
  /** The reported posts, so that the desk can give them the focus. */
  reading: RefObject<HTMLElement | null>
}

/** The case: who, what was reported, what reporters wrote, what is known, and the ladder; features meet here. */
export const CasePane = ({ view, graceSeconds, onLink, onLeave, reading }: Shown) => {
  const { shown, shownKey, server, ladder, failure } = view
  if (!shown || !shownKey)
    return (
      <section className={cx(styles.pane, styles.empty)} aria-label={say('case.label')}>
        <p>{failure ? sayFailure(failure) : say('case.none')}</p>
      </section>
    )
  return (
    <section className={cx(styles.pane, server && edgeOf(server))} aria-labelledby="case-h" aria-busy={!view.ready}>
      <CaseHead shown={shown} server={server} actions={<Actions view={view} />} />
      {failure && (
        <p className={styles.trouble} role="alert">
          {sayFailure(failure)}
        </p>
      )}
      <div className={styles.body} key={shownKey}>
        <ScrollArea className={styles.posts} ref={reading} label={say('case.reading')}>
          <Posts posts={shown.posts} total={shown.account.posts} of={shownKey} onLink={onLink} />
          <Told shown={shown} />
        </ScrollArea>
        <ScrollArea as="aside" className={styles.facts} label={say('case.about')}>
          <AccountFacts account={shown.account} reveal={view.reveal} onLink={onLink} />
          <Before shown={shown} />
          <Notes server={shown.report.server} account={shown.account} onLeave={onLeave} />
        </ScrollArea>
      </div>
      {server && shown.account.domain !== null && <ActOnServer server={server.key} domain={shown.account.domain} />}
      {ladder && (
        <Ladder
          rungs={ladder.rungs}
          ways={ladder.ways}
          account={shown.account}
          server={server}
          mailOff={view.mailOff}
          withWords={view.withWords}
          onWords={view.toggleWords}
          covered={view.sheet !== undefined}
          trouble={view.sheet ? null : view.trouble}
          onPick={view.choose}
          onWay={view.choose}
          onMail={view.toggleMail}
        />
      )}
      {view.sheet && (
        <Sheet
          key={view.sheet.kind}
          rung={view.sheet}
          target={{ server: shown.report.server, id: shown.report.id }}
          account={shown.account}
          server={server}
          rules={shown.rules}
          graceSeconds={graceSeconds}
          mailOff={view.mailOff}
          trouble={view.trouble}
          onArm={view.armSheet}
          templates={(rules, onText) => (
            <TemplatePick
              values={{
                rules: rules.join('\n'),
                posts: shown.posts.flatMap(post => post.url ?? []).join('\n'),
                appeal: server ? `${server.origin}/disputes/strikes` : '',
              }}
              onPick={onText}
            />
          )}
          onBack={view.closeSheet}
        />
      )}
    </section>
  )
}
