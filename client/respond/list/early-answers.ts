/** What somebody filled in before our scripts were there: the browser kept it in the inputs of the page that the server drew. */
import type { SimpleAnswer } from '../../../instruments/schema.ts'
import type { Engine } from '../../survey/engine.ts'

/** Gives the engine what stands in `form` and was not in it when the server drew it. */
export function takeEarlyAnswers(form: HTMLFormElement, engine: Pick<Engine, 'answer' | 'type'>): void {
  const boxes = new Set<string>()
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement) {
      if (field.type === 'radio' && field.checked && !field.defaultChecked) engine.answer(field.name, Number(field.value))
      else if (field.type === 'checkbox' && field.checked !== field.defaultChecked) boxes.add(field.name)
      else if ((field.type === 'text' || field.type === 'date') && field.value !== field.defaultValue) engine.type(field.name, field.value)
    } else if (field instanceof HTMLTextAreaElement && field.value !== field.defaultValue) {
      engine.type(field.name, field.value)
    } else if (field instanceof HTMLSelectElement && !field.selectedOptions[0]?.defaultSelected) {
      engine.answer(field.name, choiceOf(field.value))
    }
  }
  for (const name of boxes) engine.answer(name, tickedIn(form, name))
}

const choiceOf = (value: string): SimpleAnswer | undefined => (value === '' ? undefined : Number(value))

function tickedIn(form: HTMLFormElement, name: string): number[] | undefined {
  const ticked = [...form.querySelectorAll<HTMLInputElement>('input[type=checkbox]:checked')].filter((box) => box.name === name)
  return ticked.length > 0 ? ticked.map(({ value }) => Number(value)) : undefined
}
