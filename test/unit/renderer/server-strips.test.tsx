import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ServerStrips } from '../../../src/renderer/src/app/ServerStrips.tsx'
import { ClientProvider } from '../../../src/renderer/src/client/engine.tsx'
import { ServersProvider } from '../../../src/renderer/src/client/servers.tsx'
import { ServerSync } from '../../../src/shared/contract/sync.ts'
import { oneServer } from '../one-server.ts'

/** What stands above a screen when the server has been away for so long. */
const drawn = (awayMs: number | null) => {
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
    failure: awayMs === null ? null : { code: 'offline', detail: {} },
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
