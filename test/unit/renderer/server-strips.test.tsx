import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ServerStrips } from '../../../src/renderer/src/app/ServerStrips.tsx'
import { ClientProvider } from '../../../src/renderer/src/client/engine.tsx'
import { ServersProvider } from '../../../src/renderer/src/client/servers.tsx'
import { Stuck } from '../../../src/renderer/src/features/sync/Stuck.tsx'
import { ServerSync, type SyncedList } from '../../../src/shared/contract/sync.ts'
import { oneServer } from '../one-server.ts'

/** What stands above a screen when the server has been away for so long. */
const drawn = (awayMs: number | null, code = 'offline') => {
  const sync = ServerSync.parse({
    server: 's1',
    lists: [],
    lastAt: null,
    nextAt: null,
    used: 0,
    limit: 300,
    pagedUsed: 0,
    pagedLimit: 300,
    leftMs: 0,
    offlineSince: awayMs === null ? null : Date.now() - awayMs,
    failure: awayMs === null ? null : { code, detail: {} },
  })
  return renderToStaticMarkup(
    <ClientProvider client={{ engine: {} as never, shell: {} as never }}>
      <ServersProvider servers={[oneServer]}>
        <ServerStrips status={{ servers: [sync], paused: false, metered: false }} server={null} />
      </ServersProvider>
    </ClientProvider>,
  )
}

test('a server that is away says so above the screen, but no strip comes and goes for one try that failed: it would push aside what one presses', () => {
  expect(drawn(null)).toBe('')
  expect(drawn(1_000)).toBe('')
  expect(drawn(5_500)).toBe('')
  expect(drawn(7_000)).toContain('has not answered since')
})

test('a server that answered, though with nothing that can be read, is not said to be silent', () => {
  expect(drawn(7_000, 'upstream')).toContain('Reading from')
  expect(drawn(7_000, 'upstream')).not.toContain('has not answered')
})

test('lists that cannot be read for one reason say it once', () => {
  const stuck = (list: SyncedList['list'], reason: string): SyncedList => ({
    list,
    state: 'failed',
    pages: 0,
    rows: 0,
    bad: 0,
    complete: false,
    pagesLeft: null,
    leftOut: [],
    sweptAt: null,
    failure: { code: 'upstream', detail: { reason } },
  })
  const lists = [
    stuck('ip-blocks', 'failure.not-a-list'),
    stuck('domain-blocks', 'failure.not-a-list'),
    stuck('signups', 'failure.no-progress'),
  ]
  const said = renderToStaticMarkup(<Stuck lists={lists} />).match(/<span>[^<]*/g)
  expect(said).toMatchObject([
    expect.stringMatching(/^<span>IP blocks, Domain blocks: three tries in a row failed\. What answered/),
    expect.stringMatching(/^<span>Sign-ups: three tries in a row failed\. /),
  ])
})
