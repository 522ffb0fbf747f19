import { readFileSync } from 'node:fs'
import ts from 'typescript'

/** Words that stand in the source instead of the catalogue: where, and what. */
export type Stray = { at: string; text: string }

/** Attributes whose text a person reads or hears. */
const READ =
  /^(?:title|alt|label|placeholder|summary|aria-(?:label|description|roledescription|valuetext|placeholder))$/
/** Attributes and properties whose text is for programs. */
const UNREAD =
  /^(?:className|class|d|viewBox|transform|points|role|type|rel|id|key|href|style|selector|aria-keyshortcuts)$/

const hasWord = (text: string) => /\p{L}{2}/u.test(text)
/** Two words at least, the way people write them: no path, no class name, no selector. */
const isSentence = (text: string) => /\p{L}{2,}[,:;.!?…]? +\p{L}+/u.test(text) && !/[<>={}[\]#$\\]/.test(text)

/** What a string is an argument of, by name: `new Error`, `querySelector`. */
const calleeOf = (node: ts.Node) => {
  const { parent } = node
  return parent && (ts.isCallExpression(parent) || ts.isNewExpression(parent)) ? parent.expression.getText() : ''
}
/** Names that are never drawn or printed: faults of ours for the log file, and the language of the machine. */
const isForProgrammers = (node: ts.Node): boolean => {
  if (
    /Error$|^(?:document|root|target|element)\b|querySelector|matches$|closest$|\.prepare$|^super$/.test(calleeOf(node))
  )
    return true
  for (let up = node.parent; up; up = up.parent) {
    if (ts.isImportDeclaration(up) || ts.isExportDeclaration(up) || ts.isTypeNode(up)) return true
    if (ts.isJsxAttribute(up)) return UNREAD.test(up.name.getText())
    if (ts.isTemplateExpression(up) && isForProgrammers(up)) return true
    if (ts.isFunctionLike(up) || ts.isJsxElement(up)) return false
  }
  return false
}

/** Every text in a source file that a person would read without passing through the catalogue. */
export const straySentences = (file: string, source = readFileSync(file, 'utf8')): Stray[] => {
  const tree = ts.createSourceFile(
    file,
    source,
    ts.ScriptTarget.Latest,
    true,
    file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )
  const found: Stray[] = []
  const tell = (node: ts.Node, text: string) =>
    found.push({ at: `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`, text: text.trim() })
  const textsOf = (node: ts.Node): string[] => {
    if (ts.isStringLiteralLike(node)) return [node.text]
    return ts.isTemplateExpression(node) ? [node.head.text, ...node.templateSpans.map(span => span.literal.text)] : []
  }
  const visit = (node: ts.Node) => {
    if (ts.isJsxText(node) && hasWord(node.text)) tell(node, node.text)
    else if (
      ts.isJsxAttribute(node) &&
      READ.test(node.name.getText()) &&
      node.initializer &&
      ts.isStringLiteral(node.initializer)
    ) {
      if (hasWord(node.initializer.text)) tell(node, node.initializer.text)
    } else if (
      ts.isJsxExpression(node) &&
      node.expression &&
      !ts.isJsxAttribute(node.parent) &&
      ts.isStringLiteralLike(node.expression)
    ) {
      if (hasWord(node.expression.text)) tell(node, node.expression.text)
    } else {
      const said = textsOf(node).find(isSentence)
      if (said !== undefined && !isForProgrammers(node)) tell(node, said)
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}
