import { say } from '../../../../shared/messages/say.ts'
import { fillTemplate, type Placeholder } from '../../../../shared/template-text.ts'
import { useLive } from '../../client/use-live.ts'
import { Chip } from '../../ui/Choice.tsx'
import { language } from '../../ui/format.ts'

/** Puts a template into a text, with its places filled; nothing to see while there is none. */
export const TemplatePick = ({
  values,
  onPick,
}: {
  values: Readonly<Record<Placeholder, string>>
  onPick(text: string): void
}) => {
  const templates = useLive('templates.list', {}).data?.templates ?? []
  if (templates.length === 0) return null
  return (
    <Chip
      label={say('templates.pick')}
      value=""
      options={[
        { value: '', says: say('templates.pick') },
        ...templates.map(each => ({ value: each.id, says: `${each.name} · ${language(each.language)}` })),
      ]}
      onPick={id => {
        const picked = templates.find(each => each.id === id)
        if (picked) onPick(fillTemplate(picked.text, values))
      }}
    />
  )
}
