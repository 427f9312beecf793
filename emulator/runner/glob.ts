/** GitHub's filter patterns for branches, tags and paths. */

/** Whether a name is in a list of patterns: the last that matches decides, and one with `!` takes out again. */
export function matchesAny(patterns: string[], name: string): boolean {
  return patterns.reduce((matched, pattern) => {
    const isNegative = pattern.startsWith('!')
    return matcherOf(isNegative ? pattern.slice(1) : pattern).test(name) ? !isNegative : matched
  }, false)
}

/** `*` stops at a slash, `**` does not; `?` and `+` repeat what stands before them; `[…]` is one of its characters. */
function matcherOf(pattern: string): RegExp {
  const source = pattern.replace(/\\.|\*\*\/|\*\*|\*|\[[^\]]*\]|[.^${}()|\\/]/g, (part) => {
    if (part === '**/') return '(?:.*/)?'
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    return part.startsWith('[') || part.length === 2 ? part : `\\${part}`
  })
  return new RegExp(`^(?:${source})$`, 's')
}
