import { useServers } from '../client/servers.tsx'
import { useBundle } from '../features/batches/store.ts'
import { TemplatePick } from '../features/templates/TemplatePick.tsx'

type Shown = { reader: string | null; onText(text: string, language: string): void }

/** Templates for the text of a batch: what differs from one of its reports to the next is left empty, the page to object on is its server's. */
export const BatchTemplates = ({ reader, onText }: Shown) => {
  const items = useBundle(bundle => bundle.proposal?.items) ?? []
  const [server, other] = useServers().filter(({ key }) => items.some(item => item.server === key))
  const appeal = server && !other ? `${server.origin}/disputes/strikes` : ''
  return <TemplatePick values={{ rules: '', posts: '', appeal }} reader={reader} onPick={onText} />
}
