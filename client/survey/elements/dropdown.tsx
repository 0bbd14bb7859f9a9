import { describedBy, type ItemProps, idsOf } from '../element-props.ts'
import { ItemFrame } from './item-frame.tsx'

/** One out of many: the browser's own list, which a phone shows as large as it can. */
export function Dropdown(props: ItemProps) {
  const { item, actions, words } = props
  return (
    <ItemFrame {...props} as="control">
      <select
        id={idsOf(item).control}
        name={item.name}
        className="control"
        value={item.answer === undefined ? '' : String(item.answer)}
        aria-describedby={describedBy(item)}
        aria-invalid={item.problem !== null}
        autoComplete="off"
        onChange={(event) => {
          const { value } = event.currentTarget
          actions.answer(item.name, value === '' ? undefined : Number(value))
        }}
      >
        <option value="">{words.choose}</option>
        {item.choices.map(({ value, text }) => (
          <option key={value} value={value} lang={text.language === words.language ? undefined : text.language}>
            {text.text}
          </option>
        ))}
      </select>
    </ItemFrame>
  )
}
