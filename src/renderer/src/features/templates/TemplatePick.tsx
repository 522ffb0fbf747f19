import { say } from '../../../../shared/messages/say.ts'
import { fillTemplate, inReadersOrder, languageTag, type Placeholder } from '../../../../shared/template-text.ts'
import { useLive } from '../../client/use-live.ts'
import { Chip } from '../../ui/Choice.tsx'
import { language } from '../../ui/format.ts'
import parts from '../../ui/parts.module.css'

type Shown = {
  values: Readonly<Record<Placeholder, string>>
  /** The language of who will read it, as its server names it; null where it is not known. */
  reader: string | null
  onPick(text: string, language: string): void
}

/** Puts a template into a text, with its places filled, those in the reader's language first; nothing to see while there is none. */
export const TemplatePick = ({ values, reader, onPick }: Shown) => {
  const all = useLive('templates.list', {}).data?.templates ?? []
  const tag = languageTag(reader)
  const { templates, fits } = inReadersOrder(all, tag)
  if (templates.length === 0) return null
  return (
    <>
      <Chip
        label={say('templates.pick')}
        value=""
        options={[
          { value: '', says: say('templates.pick') },
          ...templates.map(each => ({ value: each.id, says: `${each.name} · ${language(each.language)}` })),
        ]}
        onPick={id => {
          const picked = templates.find(each => each.id === id)
          if (picked) onPick(fillTemplate(picked.text, values), picked.language)
        }}
      />
      {!fits && tag !== null && <p className={parts.quiet}>{say('templates.none-in', { language: language(tag) })}</p>}
    </>
  )
}
