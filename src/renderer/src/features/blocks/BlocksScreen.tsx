import { type ReactNode, type Ref, type RefObject, useDeferredValue, useState } from 'react'
import type { Block, BlockFamily } from '../../../../shared/contract/blocks.ts'
import type { ServerKey } from '../../../../shared/contract/ids.ts'
import type { Server } from '../../../../shared/contract/servers.ts'
import { say } from '../../../../shared/messages/say.ts'
import { useShell } from '../../client/engine.tsx'
import { useServers } from '../../client/servers.tsx'
import { PageHead } from '../../ui/PageHead.tsx'
import { PageLink } from '../../ui/PageLink.tsx'
import page from '../../ui/page.module.css'
import type { Walk } from '../../ui/use-walk.ts'
import { Words } from '../../ui/Words.tsx'
import { BlockForm } from './BlockForm.tsx'
import { BlockList } from './BlockList.tsx'

const families: readonly BlockFamily[] = ['email-domain', 'address', 'canonical-email']

/** Where the server's own pages show them, for those whose role may. */
const pages: Record<BlockFamily, string> = {
  'email-domain': 'email_domain_blocks',
  address: 'ip_blocks',
  'canonical-email': 'email_domain_blocks',
}

/** The form and the list; a block of the list can be taken up into the form, to be changed there. */
const Body = ({
  server,
  family,
  search,
  walk,
}: {
  server: Server
  family: BlockFamily
  search: string
  walk: Ref<Walk>
}) => {
  const shell = useShell()
  const [taken, setTaken] = useState<Block>()
  if (!server.role.manageBlocks)
    return (
      <p className={page.empty}>
        <Words
          code="blocks.no-right"
          values={{ page: <PageLink url={`${server.origin}/admin/${pages[family]}`} onOpen={shell.openLink} /> }}
        />
      </p>
    )
  return (
    <>
      <BlockForm key={`${server.key} ${family} ${taken?.id}`} server={server} family={family} taken={taken} />
      <BlockList
        key={`${server.key} ${family} ${search}`}
        server={server}
        family={family}
        search={search}
        walk={walk}
        onTake={setTaken}
      />
    </>
  )
}

type Shown = {
  field: RefObject<HTMLInputElement | null>
  /** Told what keys can ask of the list. */
  walk: Ref<Walk>
  /** What troubles a server. */
  strips(server: ServerKey): ReactNode
}

/** What keeps people from signing up: a list of each family, and a form for a new one. */
export const BlocksScreen = ({ field, walk, strips }: Shown) => {
  const servers = useServers()
  const [chosen, setChosen] = useState<string>()
  const [family, setFamily] = useState<BlockFamily>('email-domain')
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const server = servers.find(each => each.key === chosen) ?? servers.find(each => each.role.manageBlocks) ?? servers[0]
  return (
    <main className={page.page} aria-labelledby="blocks-h">
      <PageHead
        id="blocks-h"
        title={say('blocks.title')}
        says={say('blocks.says')}
        servers={servers}
        server={server}
        onServer={setChosen}
        lists={{
          label: say('blocks.families'),
          value: family,
          options: families.map(each => ({ value: each, says: say(`blocks.family.${each}`) })),
          onPick: picked => setFamily(picked),
        }}
        aside={
          server?.role.manageBlocks && (
            <input
              ref={field}
              type="search"
              className={page.search}
              aria-label={say('blocks.search')}
              placeholder={say('blocks.search')}
              maxLength={200}
              value={typed}
              onChange={event => setTyped(event.target.value)}
            />
          )
        }
      />
      {server && strips(server.key)}
      {server && <Body key={`${server.key} ${family}`} server={server} family={family} search={search} walk={walk} />}
    </main>
  )
}
