/** What zod found, in words for whoever writes a definition. */
import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** One sentence: what is expected, and what to do where zod's own words leave that open. */
export function describeIssue(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? `this is missing: it needs ${article(issue.expected)}` : plain(issue.message)
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? `this needs at least ${issue.minimum} ${unit(issue)}`
        : plain(issue.message)
    case 'invalid_value':
      return `this must be ${oneOf(issue.values)}`
    case 'invalid_key':
      return issue.issues.map(describeIssue).join('; ')
    case 'invalid_union':
      return describeUnion(issue)
    case 'unrecognized_keys':
      return `${issue.keys.map((key) => `"${key}"`).join(', ')}: there is no such key here`
    default:
      return plain(issue.message)
  }
}

function describeUnion(issue: z.core.$ZodIssueInvalidUnion): string {
  if (issue.errors.length === 0 && 'options' in issue && Array.isArray(issue.options)) return `this must be ${oneOf(issue.options)}`
  return `this must be one of these: ${issue.errors.map((branch) => branch.map(within).join(' and ')).join('; or: ')}`
}

const within = (issue: Issue): string =>
  issue.path.length === 0 ? describeIssue(issue) : `${issue.path.join('/')}: ${describeIssue(issue)}`

const plain = (message: string): string => message.replace(/^(Invalid input|Too small|Too big): /, '')

const unit = ({ origin, minimum }: z.core.$ZodIssueTooSmall): string =>
  `${origin === 'string' ? 'character' : 'element'}${minimum === 1 ? '' : 's'}`

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`)

const oneOf = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(' or ')
