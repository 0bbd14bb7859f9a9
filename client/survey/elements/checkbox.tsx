import type { ItemProps } from '../element-props.ts'
import { ChoiceLabel } from './choice-label.tsx'
import { ItemFrame } from './item-frame.tsx'

/** Any number out of several. Nothing ticked is no answer. */
export function Checkbox(props: ItemProps) {
  const { item, actions, words } = props
  const ticked = Array.isArray(item.answer) ? item.answer : []
  return (
    <ItemFrame {...props} as="group">
      <div className="choices choices-column">
        {item.choices.map((choice) => (
          <ChoiceLabel key={choice.value} choice={choice} checked={ticked.includes(choice.value)} language={words.language}>
            <input
              type="checkbox"
              name={item.name}
              value={choice.value}
              checked={ticked.includes(choice.value)}
              autoComplete="off"
              onChange={(event) => {
                const wanted = event.currentTarget.checked ? [...ticked, choice.value] : ticked.filter((value) => value !== choice.value)
                const inOrder = item.choices.map(({ value }) => value).filter((value) => wanted.includes(value))
                actions.answer(item.name, inOrder.length > 0 ? inOrder : undefined)
              }}
            />
          </ChoiceLabel>
        ))}
      </div>
    </ItemFrame>
  )
}
