/** What somebody filled in before our scripts were there: the browser kept it in the inputs of the page that the server drew. */
import type { SimpleAnswer } from '../../../instruments/schema.ts'
import type { Engine } from '../../survey/engine.ts'

export type EarlyAnswer = (engine: Pick<Engine, 'answer' | 'type'>) => void

/** What stands in `form` and was not in it when the server drew it, each as what an engine is to be told. */
export function earlyAnswers(form: HTMLFormElement): EarlyAnswer[] {
  const found: EarlyAnswer[] = []
  const boxes = new Set<string>()
  const answer = (name: string, given: SimpleAnswer | undefined) => found.push((engine) => engine.answer(name, given))
  const type = (name: string, typed: string) => found.push((engine) => engine.type(name, typed))
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement) {
      if (field.type === 'radio' && field.checked && !field.defaultChecked) answer(field.name, Number(field.value))
      else if (field.type === 'checkbox' && field.checked !== field.defaultChecked) boxes.add(field.name)
      else if ((field.type === 'text' || field.type === 'date') && field.value !== field.defaultValue) type(field.name, field.value)
    } else if (field instanceof HTMLTextAreaElement && field.value !== field.defaultValue) {
      type(field.name, field.value)
    } else if (field instanceof HTMLSelectElement && field.value !== drawnValue(field)) {
      answer(field.name, choiceOf(field.value))
    }
  }
  for (const name of boxes) answer(name, tickedIn(form, name))
  return found
}

const drawnValue = (select: HTMLSelectElement): string => [...select.options].find((option) => option.defaultSelected)?.value ?? ''

const choiceOf = (value: string): SimpleAnswer | undefined => (value === '' ? undefined : Number(value))

function tickedIn(form: HTMLFormElement, name: string): number[] | undefined {
  const ticked = [...form.querySelectorAll<HTMLInputElement>('input[type=checkbox]:checked')].filter((box) => box.name === name)
  return ticked.length > 0 ? ticked.map(({ value }) => Number(value)) : undefined
}
