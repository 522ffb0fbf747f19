import type { Media } from '../../../../shared/contract/posts.ts'
import { say } from '../../../../shared/messages/say.ts'
import { Icon } from '../../ui/Icon.tsx'
import { type Described, mediaWords } from './described.ts'
import { Piece } from './Piece.tsx'
import styles from './Pieces.module.css'
import type { MediaInView } from './use-media.ts'
import { keyOf } from './viewer.ts'

const Description = ({ text }: { text: string | null }) =>
  text === null || text === '' ? (
    <span className={styles.told}>{say('media.undescribed')}</span>
  ) : (
    <span className={styles.told} dir="auto">
      {text}
    </span>
  )

type Shown = {
  pieces: readonly Described[]
  view: MediaInView
  /** The server's name, for the question whether its media host may be asked. */
  server: string
  /** A report says that it is illegal: no step is offered. */
  legal: boolean
}

/** Media of a post or profile: descriptions only where one reads text first, or where a report says that it is illegal; else veils. */
export const Pieces = ({ pieces, view, server, legal }: Shown) => {
  if (pieces.length === 0) return null
  if (legal || view.eyes.media === 'text')
    return (
      <ul className={styles.texts} aria-label={say('media.list')}>
        {pieces.map(one => (
          <li key={keyOf(one.piece)}>
            <Icon name={iconOf(one.type)} small />
            <span>
              {mediaWords(one)}
              {legal ? `, ${say('media.never')}` : ''}
            </span>
            {!legal && <Description text={one.description} />}
          </li>
        ))}
      </ul>
    )
  return (
    <ul className={styles.pieces} aria-label={say('media.list')}>
      {pieces.map(one => (
        <Piece key={keyOf(one.piece)} one={one} view={view} server={server}>
          <Description text={one.description} />
        </Piece>
      ))}
    </ul>
  )
}

const iconOf = (type: Media['type']) =>
  (({ image: 'image', gifv: 'film', video: 'film', audio: 'sound', unknown: 'image' }) as const)[type]
