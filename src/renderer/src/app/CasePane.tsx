import { type ReactNode, type RefObject, useCallback, useLayoutEffect, useRef } from 'react'
import type { Post } from '../../../shared/contract/posts.ts'
import { say, sayFailure } from '../../../shared/messages/say.ts'
import { AccountFacts } from '../features/accounts/AccountFacts.tsx'
import { Origin } from '../features/accounts/Origin.tsx'
import { Profile } from '../features/accounts/Profile.tsx'
import { Ladder } from '../features/decisions/Ladder.tsx'
import { useHand } from '../features/decisions/store.ts'
import { Rest } from '../features/exposure/Rest.tsx'
import { attachmentsOf } from '../features/media/described.ts'
import { Pieces } from '../features/media/Pieces.tsx'
import { Notes } from '../features/notes/Notes.tsx'
import { Posts } from '../features/posts/Posts.tsx'
import { Before } from '../features/reports/Before.tsx'
import { CameBack } from '../features/reports/CameBack.tsx'
import { type Case, CaseHead } from '../features/reports/CaseHead.tsx'
import { Interest } from '../features/reports/Interest.tsx'
import { LegalPath } from '../features/reports/LegalPath.tsx'
import { Records } from '../features/reports/Records.tsx'
import { Rules } from '../features/reports/Rules.tsx'
import { Since, SinceLine } from '../features/reports/Since.tsx'
import { SummaryDialog } from '../features/reports/SummaryDialog.tsx'
import { Told } from '../features/reports/Told.tsx'
import { useReported } from '../features/reports/use-reported.ts'
import { Button } from '../ui/Button.tsx'
import { cx } from '../ui/cx.ts'
import { Icon } from '../ui/Icon.tsx'
import { KeyOf, useShortcut } from '../ui/Keys.tsx'
import { edgeOf } from '../ui/Mark.tsx'
import pane from '../ui/pane.module.css'
import { ScrollArea } from '../ui/ScrollArea.tsx'
import { ActOnServer } from './ActOnServer.tsx'
import styles from './CasePane.module.css'
import { CaseSheet } from './CaseSheet.tsx'
import { Covered } from './Covered.tsx'
import { openReport } from './open-report.ts'
import { RoleSays } from './RoleSays.tsx'
import { hrefOf } from './route.ts'
import type { CaseInView } from './use-case.ts'
import { useRoute } from './use-route.ts'

const Actions = ({ view }: { view: CaseInView }) => (
  <>
    <Button look="bare" aria-keyshortcuts={useShortcut('assign')} onClick={view.assign}>
      {say(view.shown?.report.assignedTo?.me ? 'case.give-back' : 'case.take')}
      <KeyOf command="assign" />
    </Button>
    <Button look="bare" aria-keyshortcuts={useShortcut('summary')} onClick={view.summary.copySummary}>
      {say('summary.copy')}
      <KeyOf command="summary" />
    </Button>
    <Button look="bare" aria-keyshortcuts={useShortcut('web-admin')} onClick={view.openWebAdmin}>
      <Icon name="out" small />
      {say('case.web-admin')}
      <KeyOf command="web-admin" />
    </Button>
  </>
)

const SecondOpinion = ({ view }: { view: CaseInView }) => (
  <Button aria-keyshortcuts={useShortcut('second-opinion')} onClick={view.summary.askSecond}>
    {say('second.ask')}
    <KeyOf command="second-opinion" />
  </Button>
)

type Shown = {
  view: CaseInView
  graceSeconds: number
  onLink(href: string): void
  /** Gives the focus back to the queue. */
  onLeave(): void
  /** The reported posts, so that the desk can give them the focus. */
  reading: RefObject<HTMLElement | null>
  /** The ladder of everything that is marked, while keys act on that. */
  marked: ReactNode
}

type Inside = Pick<Shown, 'view' | 'onLink' | 'onLeave' | 'reading'> & { shown: Case; of: string }

/** What was reported on one side, what is known on the other. */
const Body = ({ view, shown, of, onLink, onLeave, reading }: Inside) => {
  const { eyes, server } = view
  const { report, account } = shown
  const { onMore, ...reported } = useReported(shown)
  const route = useRoute()
  const inView = route.screen === 'reports' ? route.server : null
  const home = server?.domain ?? ''
  const { media } = eyes
  const { legal } = shown
  // The same from one drawing to the next, so that posts are not drawn again for what does not concern them.
  const acts = useRef({ onServer: view.openThere, onLegal: eyes.onLegal, onMore })
  useLayoutEffect(() => {
    acts.current = { onServer: view.openThere, onLegal: eyes.onLegal, onMore }
  })
  const onMoreOf = useCallback(() => acts.current.onMore(), [])
  const onServer = useCallback((address: string) => acts.current.onServer(address), [])
  const onLegal = useCallback((part: string) => acts.current.onLegal?.(part), [])
  const mediaOf = useCallback(
    (post: Post) => <Pieces pieces={attachmentsOf(post.id, post.media)} view={media} server={home} legal={legal} />,
    [media, home, legal],
  )
  const profile = (
    <Profile
      account={account}
      profiles={shown.profiles}
      judged={eyes.judged}
      veil={eyes.veilOf('legal-profile')}
      onLink={onLink}
      pictures={eyes.judged && <Pieces pieces={eyes.pictures} view={eyes.media} server={home} legal={shown.legal} />}
    />
  )
  return (
    <div className={styles.body}>
      <ScrollArea className={styles.posts} ref={reading} label={say('case.reading')}>
        {shown.legal && <LegalPath shown={shown} country={eyes.media.country} onLink={onLink} />}
        {eyes.judged && profile}
        <Posts
          {...reported}
          onMore={onMoreOf}
          total={account.posts}
          about={account.id}
          of={of}
          onLegal={eyes.onLegal && onLegal}
          asked={eyes.asked}
          media={mediaOf}
          onLink={onLink}
          onServer={onServer}
        />
        <Told shown={shown} veil={eyes.veilOf('legal-told')} />
      </ScrollArea>
      <ScrollArea as="aside" className={styles.facts} label={say('case.about')}>
        <AccountFacts
          onClose={view.markClose}
          account={account}
          reveal={view.reveal}
          page={hrefOf({ screen: 'accounts', server: null, account: { server: report.server, id: account.id } })}
        />
        {shown.origin && <Origin origin={shown.origin} server={server} />}
        {!eyes.judged && profile}
        <Rules shown={shown} />
        <Since shown={shown} />
        <Before
          shown={shown}
          onReport={id => openReport({ server: report.server, id }, false, inView)}
          onDecision={panel => useHand.setState({ panel })}
        />
        <Records shown={shown} />
        <Notes server={report.server} account={account} onLeave={onLeave} />
      </ScrollArea>
    </div>
  )
}

/** The case: who, what was reported, what reporters wrote, what is known, and the ladder; features meet here. */
export const CasePane = ({ view, graceSeconds, onLink, onLeave, reading, marked }: Shown) => {
  const { shown, shownKey, server, ladder, failure } = view
  if (!shown || !shownKey)
    return (
      <section className={cx(pane.pane, pane.empty)} aria-label={say('case.label')}>
        <p>{failure ? sayFailure(failure) : say('case.none')}</p>
      </section>
    )
  return (
    <section className={cx(pane.pane, server && edgeOf(server))} aria-labelledby="case-h" aria-busy={!view.ready}>
      <CaseHead shown={shown} server={server} covered={view.eyes.covered} actions={<Actions view={view} />} />
      {failure && (
        <p className={pane.trouble} role="alert">
          {sayFailure(failure)}
        </p>
      )}
      <SinceLine shown={shown} />
      <Rest />
      {shown.report.interest && shown.report.resolvedAt === null && (
        <Interest why={shown.report.interest} actions={<SecondOpinion view={view} />} />
      )}
      {view.back && <CameBack changes={view.back} onClose={() => view.chooseRung(1)} onLeave={view.dismissBack} />}
      {view.eyes.covered ? (
        <Covered label={say('case.reading')} onUncover={view.eyes.toggleCover} reading={reading} />
      ) : (
        <Body
          key={shownKey}
          view={view}
          shown={shown}
          of={shownKey}
          onLink={onLink}
          onLeave={onLeave}
          reading={reading}
        />
      )}
      {server && shown.account.domain !== null && <ActOnServer server={server} domain={shown.account.domain} />}
      {marked}
      {ladder && !marked && (
        <Ladder
          rungs={ladder.rungs}
          ways={ladder.ways}
          asides={view.asides}
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
          elsewhere={server && <RoleSays server={server} page={shown.webAdmin} />}
        />
      )}
      {view.sheet && (
        <CaseSheet
          key={`${shownKey} ${view.sheet.kind}`}
          view={view}
          rung={view.sheet}
          shown={shown}
          graceSeconds={graceSeconds}
        />
      )}
      {view.summary.summary && (
        <SummaryDialog summary={view.summary.summary} onSecond={view.summary.askSecond} onClose={view.summary.close} />
      )}
    </section>
  )
}
