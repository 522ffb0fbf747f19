import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import styles from './PageLink.module.css'

/** A page of a server by its address, for the person's own browser. */
export const PageLink = ({ url, onOpen }: { url: string; onOpen(url: string): void }) => (
  <Button look="bare" className={styles.link} onClick={() => onOpen(url)}>
    <Icon name="out" small />
    <bdi>{url}</bdi>
  </Button>
)
