/** Reads JSON of unknown origin field by field: a wrong shape is an error that names the place. */

/** One object of the document. */
export class Reader {
  private readonly value: Readonly<Record<string, unknown>>
  private readonly place: string

  /** Throws TypeError unless `value` is an object. */
  constructor(value: unknown, place = '$') {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new TypeError(`${place} is no object`)
    this.value = { ...value }
    this.place = place
  }

  has(key: string): boolean {
    return this.value[key] !== undefined && this.value[key] !== null
  }

  keys(): string[] {
    return Object.keys(this.value)
  }

  text(key: string): string {
    const value = this.value[key]
    if (typeof value === 'number') return String(value)
    if (typeof value !== 'string') throw new TypeError(`${this.place}.${key} is no text`)
    return value
  }

  textOrNull(key: string): string | null {
    return this.has(key) ? this.text(key) : null
  }

  number(key: string): number {
    const value = Number(this.value[key])
    if (Number.isNaN(value)) throw new TypeError(`${this.place}.${key} is no number`)
    return value
  }

  /** A boolean; false where absent or null. */
  flag(key: string): boolean {
    return this.value[key] === true
  }

  flagOrNull(key: string): boolean | null {
    return this.has(key) ? this.flag(key) : null
  }

  /** Milliseconds of an ISO time. */
  time(key: string): number {
    const time = Date.parse(this.text(key))
    if (Number.isNaN(time)) throw new TypeError(`${this.place}.${key} is no time`)
    return time
  }

  timeOrNull(key: string): number | null {
    return this.has(key) ? this.time(key) : null
  }

  inner(key: string): Reader {
    return new Reader(this.value[key], `${this.place}.${key}`)
  }

  innerOrNull(key: string): Reader | null {
    return this.has(key) ? this.inner(key) : null
  }

  /** Objects of a list; none where absent. */
  list(key: string): Reader[] {
    return this.values(key).map((item, index) => new Reader(item, `${this.place}.${key}[${index}]`))
  }

  /** Texts of a list. */
  texts(key: string): string[] {
    return this.values(key).map(String)
  }

  /** The value as it is. */
  raw(key: string): unknown {
    return this.value[key]
  }

  private values(key: string): unknown[] {
    const value = this.value[key] ?? []
    if (!Array.isArray(value)) throw new TypeError(`${this.place}.${key} is no list`)
    return value
  }
}
