import type { Ref } from 'react'
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
import { RowList } from '../../ui/RowList.tsx'
import { DecisionLine } from '../../ui/State.tsx'
import { useWalk, type Walk } from '../../ui/use-walk.ts'
import { WalkedList } from '../../ui/WalkedList.tsx'
import styles from './Blocks.module.css'
import { useBlockRows } from './use-block-rows.ts'

const lifts: Record<BlockFamily, DecisionKind> = {
  'email-domain': 'email-domain.lift',
  address: 'address.lift',
  'canonical-email': 'canonical-email.lift',
}

const Facts = ({ block, family }: { block: Block; family: BlockFamily }) => {
  const says = [
    ...(family === 'address' ? [say(`blocks.severity.${block.severity ?? 'none'}`)] : []),
    ...(block.allowWithApproval ? [say('blocks.severity.sign_up_requires_approval')] : []),
    ...(block.tries !== null && block.tries > 0 ? [say('blocks.tries', { count: block.tries })] : []),
    ...(block.expiresAt === null ? [] : [say('blocks.expires.at', { at: moment(block.expiresAt) })]),
  ]
  return (
    <>
      {says.join(' · ')}
      {/* The blank stands outside: in a part of another direction it would be at its other end. */}
      {says.length > 0 && block.comment !== '' && ' · '}
      {block.comment !== '' && <bdi>{block.comment}</bdi>}
    </>
  )
}

const Row = ({ block, family }: { block: Block; family: BlockFamily }) => (
  <div className={styles.row}>
    <span className={parts.line}>
      <Domain name={block.value} className={styles.value} />
    </span>
    <span className={styles.facts}>
      <Facts block={block} family={family} />
    </span>
    <span className={styles.state}>{block.decision && <DecisionLine decision={block.decision} />}</span>
    <span className={styles.date}>{block.createdAt === null ? '' : date(block.createdAt)}</span>
  </div>
)

/** The current block, whole, and what can be done with it. */
const Acts = ({
  block,
  family,
  onTake,
  onArmed,
}: Pick<Shown, 'family' | 'onTake'> & { block: Block; onArmed(): void }) => {
  const { arm, busy, trouble } = useArm()
  const subject = { of: family, id: block.value }
  const goesOn = isUnderway(block.decision)
  return (
    <>
      <p className={page.chosen}>
        <bdi className={cx(parts.mono, parts.strong)}>{block.value}</bdi>
        <span className={parts.soft}>
          <Facts block={block} family={family} />
        </span>
      </p>
      {trouble && (
        <p role="alert" className={parts.error}>
          {sayFailure(trouble)}
        </p>
      )}
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
        onClick={() => void arm({ server: block.server, subject, kind: lifts[family] }, onArmed)}
      >
        {say('blocks.lift')}
      </Button>
    </>
  )
}

/** The list of the sync that brings a family. */
const lists = {
  'email-domain': 'email-domain-blocks',
  address: 'ip-blocks',
  'canonical-email': 'canonical-email-blocks',
} as const satisfies Record<BlockFamily, SyncedList['list']>

type Shown = { server: Server; family: BlockFamily; search: string; walk: Ref<Walk>; onTake(block: Block): void }

/** The blocks of one family, the newest first, and under them what can be done with the current one. */
export const BlockList = ({ server, family, search, walk, onTake }: Shown) => {
  const { total, failure, rowAt, show } = useBlockRows({ server: server.key, family, search })
  const { current, goAt, toRows, box, acts } = useWalk(walk, total ?? 0, index => rowAt(index)?.id)
  const status = useLive('sync.status', {}).data
  const read = status?.servers.find(each => each.server === server.key)?.lists.find(each => each.list === lists[family])
  // Whether nothing is blocked is known when all of it was read.
  const none = read?.state === 'complete' ? 'blocks.none' : 'blocks.loading'
  const block = current === null ? undefined : rowAt(current)
  return (
    <>
      <p className={page.sum} role="status">
        {total !== undefined && say('blocks.count', { count: total })}
      </p>
      {failure && (
        <p className={page.empty} role="alert">
          {sayFailure(failure)}
        </p>
      )}
      {total === undefined && !failure && <p className={page.empty}>{say('blocks.loading')}</p>}
      {total === 0 && <p className={page.empty}>{say(search === '' ? none : 'blocks.none-found')}</p>}
      {total !== undefined && total > 0 && (
        <WalkedList
          acts={acts}
          label={say('blocks.family.acts')}
          list={
            <RowList
              name="block"
              label={say(`blocks.family.${family}`)}
              total={total}
              current={current}
              row={index => {
                const known = rowAt(index)
                return known ? <Row block={known} family={family} /> : null
              }}
              show={show}
              onPick={goAt}
              onOpen={() => {}}
              box={box}
            />
          }
        >
          {block && <Acts key={block.id} block={block} family={family} onTake={onTake} onArmed={toRows} />}
        </WalkedList>
      )}
    </>
  )
}
