import { Fragment, type ReactNode, useMemo, useState } from 'react'
import type { Content, ContentNode } from '../../../shared/contract/posts.ts'
import { domainText } from '../../../shared/domain-name.ts'
import { say } from '../../../shared/messages/say.ts'
import { Button } from './Button.tsx'
import { beginningOf } from './beginning.ts'
import styles from './ContentTree.module.css'
import { cx } from './cx.ts'
import { showsSomething } from './visible.ts'

type OnLink = (href: string) => void

/** The host that an address truly leads to, as A-labels. */
export const hostOf = (href: string) => (URL.canParse(href) ? new URL(href).host : href)

const Link = ({
  href,
  misleads,
  onLink,
  children,
}: {
  href: string
  misleads: boolean
  onLink: OnLink
  children: ReactNode
}) => (
  <>
    <button type="button" className={styles.out} onClick={() => onLink(href)}>
      <bdi>{children}</bdi>
    </button>
    {misleads && (
      <span className={styles.misleads}> {say('content.misleads', { host: domainText(hostOf(href)) })}</span>
    )}
  </>
)

const Node = ({ node, onLink }: { node: ContentNode; onLink: OnLink }): ReactNode => {
  if (typeof node === 'string') return node
  const kids = <Nodes nodes={node.kids} onLink={onLink} />
  if (node.tag === 'a')
    return node.href === null || !/^https?:\/\//.test(node.href) ? (
      <bdi>{kids}</bdi>
    ) : (
      <Link href={node.href} misleads={node.misleads} onLink={onLink}>
        {kids}
      </Link>
    )
  if (node.tag === 'br') return <br />
  if (node.tag === 'mention' || node.tag === 'hashtag') return <bdi>{kids}</bdi>
  if (node.tag === 'span') return <span>{kids}</span>
  // Headings of a post are not headings of the desk.
  if (node.tag === 'h')
    return (
      <p dir="auto">
        <strong>{kids}</strong>
      </p>
    )
  const Tag = node.tag
  return Tag === 'p' || Tag === 'li' || Tag === 'blockquote' ? <Tag dir="auto">{kids}</Tag> : <Tag>{kids}</Tag>
}

const Nodes = ({ nodes, onLink }: { nodes: readonly ContentNode[]; onLink: OnLink }) =>
  nodes.map((node, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no other name, and it changes as a whole
    <Fragment key={index}>
      <Node node={node} onLink={onLink} />
    </Fragment>
  ))

/**
 * What a server sent as HTML, as elements of ours: isolated, in its own direction and language, links as text that asks first. Of a very
 * long text the beginning, and the rest when asked for.
 */
export const ContentTree = ({
  content,
  lang,
  onLink,
  className,
}: {
  content: Content
  lang?: string | null
  onLink: OnLink
  className?: string | undefined
}) => {
  const [whole, setWhole] = useState(false)
  const { nodes, left } = useMemo(() => beginningOf(content.nodes), [content])
  return (
    <div className={cx(styles.content, className)} dir="auto" {...(lang ? { lang } : {})}>
      <Nodes nodes={whole ? content.nodes : nodes} onLink={onLink} />
      {content.nodes.length > 0 && !showsSomething(content.nodes) && (
        <p className={styles.cut}>{say('content.invisible')}</p>
      )}
      {left > 0 && (
        <Button aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? say('content.less') : say('content.rest', { count: left })}
        </Button>
      )}
      {content.cut && <p className={styles.cut}>{say('content.cut')}</p>}
    </div>
  )
}
