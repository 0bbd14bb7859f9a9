/** Which renderer draws which type of question. A new type is a file in elements/ and a line here. */
import type { ComponentType } from 'react'
import type { ItemProps } from './element-props.ts'
import { Checkbox } from './elements/checkbox.tsx'
import { Comment } from './elements/comment.tsx'
import { Dropdown } from './elements/dropdown.tsx'
import { Radiogroup } from './elements/radiogroup.tsx'
import { Text } from './elements/text.tsx'
import type { ItemView } from './view.ts'

export const renderers: Record<ItemView['type'], ComponentType<ItemProps>> = {
  radiogroup: Radiogroup,
  dropdown: Dropdown,
  checkbox: Checkbox,
  text: Text,
  comment: Comment,
}
