import type { FoundAccount, FoundDomain } from '../../../../shared/contract/finder.ts'
import { domainText } from '../../../../shared/domain-name.ts'
import { say } from '../../../../shared/messages/say.ts'
import { series } from '../../ui/format.ts'

const flags = ({ flags: { suspended, limited, sensitive, frozen } }: FoundAccount): string[] => [
  ...(suspended ? [say('flag.suspended')] : []),
  ...(limited && !suspended ? [say('flag.limited')] : []),
  ...(frozen ? [say('flag.frozen')] : []),
  ...(sensitive ? [say('flag.sensitive')] : []),
]

/** `6 open reports, limited` */
export const accountWords = (found: FoundAccount): string =>
  series([say('palette.open-reports', { count: found.open }), ...flags(found)])

const severity = ({ block, domain }: FoundDomain): string[] => {
  if (!block) return []
  const known = ({ suspend: 'palette.block-suspend', silence: 'palette.block-limit' } as const)[block.severity ?? '']
  const what = say(known ?? 'palette.block-other')
  return [block.domain === domain ? what : say('palette.block-by', { what, domain: domainText(block.domain) })]
}

/** `limited, 14 accounts reported, 9 reports open` */
export const domainWords = (found: FoundDomain): string =>
  series([
    ...severity(found),
    ...(found.allowed ? [say('palette.allowed')] : []),
    say('palette.domain-accounts', { count: found.accounts }),
    ...(found.accounts > 0 ? [say('palette.open-reports', { count: found.open })] : []),
  ])
