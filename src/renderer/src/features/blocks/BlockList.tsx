import { useState } from 'react'
import type { Block, BlockFamily } from '../../../../shared/contract/blocks.ts'
import type { DecisionKind } from '../../../../shared/contract/decisions.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import type { SyncedList } from '../../../../shared/contract/sync.ts'
import { say, sayFailure } from '../../../../shared/messages/say.ts'
import { useArm } from '../../client/use-arm.ts'
import { useLive } from '../../client/use-live.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { Domain } from '../../ui/Domain.tsx'
import { isUnderway } from '../../ui/decision-words.ts'
import { date, moment } from '../../ui/format.ts'
import page from '../../ui/page.module.css'
import parts from '../../ui/parts.module.css'
import { ScrollArea } from '../../ui/ScrollArea.tsx'
import { DecisionLine } from '../../ui/State.tsx'
import styles from './Blocks.module.css'

const PAGE = 200

const lifts: Record<BlockFamily, DecisionKind> = {
  'email-domain': 'email-domain.lift',
  address: 'address.lift',
  'canonical-email': 'canonical-email.lift',
}

const facts = (block: Block, family: BlockFamily) => [
  ...(family === 'address' ? [say(`blocks.severity.${block.severity ?? 'none'}`)] : []),
  ...(block.allowWithApproval ? [say('blocks.severity.sign_up_requires_approval')] : []),
  ...(block.tries !== null && block.tries > 0 ? [say('blocks.tries', { count: block.tries })] : []),
  ...(block.expiresAt === null ? [] : [say('blocks.expires.at', { at: moment(block.expiresAt) })]),
]

const Row = ({ block, family, onTake }: Pick<Shown, 'family' | 'onTake'> & { block: Block }) => {
  const { arm, busy, trouble } = useArm()
  const subject = { of: family, id: block.value }
  const goesOn = isUnderway(block.decision)
  const says = facts(block, family)
  return (
    <li className={cx(page.row, styles.row)}>
      <span className={parts.line}>
        <Domain name={block.value} className={styles.value} />
      </span>
      <span className={styles.facts}>
        {says.join(' · ')}
        {/* The blank stands outside: in a part of another direction it would be at its other end. */}
        {says.length > 0 && block.comment !== '' && ' · '}
        {block.comment !== '' && <bdi>{block.comment}</bdi>}
        {trouble && (
          <span role="alert" className={parts.error}>
            {sayFailure(trouble)}
          </span>
        )}
      </span>
      <span className={parts.quiet}>{block.createdAt === null ? '' : date(block.createdAt)}</span>
      {block.decision ? <DecisionLine decision={block.decision} /> : <span />}
      {family === 'address' && (
        <Button
          disabled={busy || goesOn}
          aria-label={say('blocks.change-of', { value: block.value })}
          onClick={() => onTake(block)}
        >
          {say('blocks.change')}
        </Button>
      )}
      <Button
        disabled={busy || goesOn}
        aria-label={say('blocks.lift-of', { value: block.value })}
        onClick={() => void arm({ server: block.server, subject, kind: lifts[family] })}
      >
        {say('blocks.lift')}
      </Button>
    </li>
  )
}

/** The list of the sync that brings a family. */
const lists = {
  'email-domain': 'email-domain-blocks',
  address: 'ip-blocks',
  'canonical-email': 'canonical-email-blocks',
} as const satisfies Record<BlockFamily, SyncedList['list']>

type Shown = { server: Server; family: BlockFamily; search: string; onTake(block: Block): void }

const Page = ({ server, family, search, from, onTake }: Shown & { from: number }) => {
  const live = useLive('blocks.page', { server: server.key, family, search, from, count: PAGE })
  if (live.failure && !live.data)
    return (
      <p className={page.empty} role="alert">
        {sayFailure(live.failure)}
      </p>
    )
  if (!live.data) return <p className={page.empty}>{say('blocks.loading')}</p>
  return (
    <ul>
      {live.data.blocks.map(block => (
        <Row key={block.id} block={block} family={family} onTake={onTake} />
      ))}
    </ul>
  )
}

/** The blocks of one family, the newest first, two hundred at a time. */
export const BlockList = (shown: Shown) => {
  const { server, family, search } = shown
  const [pages, setPages] = useState(1)
  const { data, failure } = useLive('blocks.page', { server: server.key, family, search, count: 1 })
  const status = useLive('sync.status', {}).data
  const read = status?.servers.find(each => each.server === server.key)?.lists.find(each => each.list === lists[family])
  // Whether nothing is blocked is known when all of it was read.
  const none = read?.state === 'complete' ? 'blocks.none' : 'blocks.loading'
  return (
    <>
      <p className={page.sum} role="status">
        {data && say('blocks.count', { count: data.total })}
      </p>
      <ScrollArea className={page.list} label={say(`blocks.family.${family}`)}>
        {failure && !data && (
          <p className={page.empty} role="alert">
            {sayFailure(failure)}
          </p>
        )}
        {data?.total === 0 && <p className={page.empty}>{say(search === '' ? none : 'blocks.none-found')}</p>}
        {data !== undefined &&
          data.total > 0 &&
          Array.from({ length: pages }, (_, page) => page * PAGE).map(from => (
            <Page key={from} {...shown} from={from} />
          ))}
        {data !== undefined && data.total > pages * PAGE && (
          <Button className={styles.more} onClick={() => setPages(pages + 1)}>
            {say('blocks.more', { count: Math.min(PAGE, data.total - pages * PAGE) })}
          </Button>
        )}
      </ScrollArea>
    </>
  )
}
