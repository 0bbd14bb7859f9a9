/** Conditions of SurveyJS with our names and numbers. */
import { itemsInCondition, readCondition } from '../condition.ts'
import type { Mapping } from '../fhir/report.ts'
import type { SurveyElement } from './import.ts'
import type { SurveyReading } from './import-element.ts'

/** The condition, or nothing and a note where it cannot be said here. */
export function readVisibleIf({ name, visibleIf }: SurveyElement, path: string, { targets, notes }: SurveyReading): { visibleIf?: string } {
  if (visibleIf === undefined) return {}
  const leaveOut = (reason: string): { visibleIf?: string } => {
    notes.push({
      kind: 'left-out',
      path: `${path}.visibleIf`,
      what: `${JSON.stringify(visibleIf)}, so "${name}" is always asked: ${reason}`,
    })
    return {}
  }
  try {
    const condition = String(visibleIf)
    const unknown = itemsInCondition(condition).find((item) => !targets.has(item))
    if (unknown !== undefined) return leaveOut(`"${unknown}" is asked later, or is no question of the instrument`)
    const translated = translate(condition, targets)
    if (translated === undefined) return leaveOut('it compares with a choice whose value became another number')
    readCondition(translated)
    return { visibleIf: translated }
  } catch (error) {
    return leaveOut((error as Error).message)
  }
}

/** An item, and what follows it where that is a comparison with one value. */
const comparison =
  /\{([^{}]+)\}(\s*(?:notempty|empty)\b|\s*(?:==?|!=|<>|contains\b|notcontains\b)\s*)?('[^']*'|"[^"]*"|(?:true|false|-?\d+(?:\.\d+)?)(?![\w.]))?/g

/** The condition with our names and numbers; undefined where a renumbered choice is used in a way that is not understood. */
function translate(condition: string, targets: Map<string, Mapping>): string | undefined {
  let isUnderstood = true
  const translated = condition.replace(comparison, (whole, name: string, sign = '', literal = '') => {
    const target = targets.get(name)
    if (!target) return whole
    const isRenumbered = target.values.some(({ option, value }) => option !== String(value))
    if (!isRenumbered || /empty/.test(sign)) return `{${target.name}}${sign}${literal}`
    const found = target.values.find(({ option }) => option === literal.replace(/^['"]|['"]$/g, ''))
    if (sign === '' || !found) isUnderstood = false
    return `{${target.name}}${sign}${found?.value}`
  })
  return isUnderstood ? translated : undefined
}
