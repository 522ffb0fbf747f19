import { say } from '../../../../shared/messages/say.ts'
import { useAskFirst } from '../../client/ask-first.ts'
import { useServer } from '../../client/servers.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Domain } from '../../ui/Domain.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Words } from '../../ui/Words.tsx'

/** Stands over the desk when a decision would go to a server other than the one that the screen shows. */
export const Elsewhere = () => {
  const asking = useAskFirst(state => state.asking)
  const server = useServer(asking?.server)
  const onClose = () => useAskFirst.setState({ asking: null })
  if (asking?.about !== 'elsewhere' || !server) return null
  const host = <Domain name={server.domain} />
  return (
    <Dialog
      open
      onClose={onClose}
      title={<Words code="elsewhere.title" values={{ server: host }} />}
      aside={<Mark server={server} />}
      foot={
        <>
          <Button autoFocus look="primary" onClick={onClose}>
            {say('sheet.back')}
          </Button>
          <Button
            onClick={() => {
              onClose()
              asking.again()
            }}
          >
            {say('elsewhere.yes', { what: asking.what, server: server.domain })}
          </Button>
        </>
      }
    >
      <p>
        <Words
          code="elsewhere.says"
          values={{ view: <bdi>{asking.view}</bdi>, server: host, what: asking.what, account: server.account.acct }}
        />
      </p>
    </Dialog>
  )
}
