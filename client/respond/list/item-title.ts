import type { Localized } from '../../../instruments/definition.ts'
import type { Element, Survey } from '../../../instruments/schema.ts'

/** The question of an item, wherever in the list it stands; its name when there is none. */
export function itemTitle(survey: Survey, name: string): Localized {
  const find = (elements: Element[]): Localized | undefined => {
    for (const element of elements) {
      if (element.type === 'panel') {
        const found = find(element.elements)
        if (found) return found
      } else if (element.type !== 'html' && element.name === name) return element.title
    }
    return undefined
  }
  return find(survey.pages.flatMap(({ elements }) => elements)) ?? { nl: name, en: name }
}
