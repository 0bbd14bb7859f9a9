/** What the facts of a study have to look like, whether it is opened or changed. */
import { z } from 'zod'

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^\P{Cc}*$/u)

export const facts = {
  title: line(200),
  organisation: line(200),
  contact: line(320),
  helpLine: line(500).nullable(),
  regions: z
    .array(line(200))
    .max(200)
    .refine((regions) => new Set(regions).size === regions.length, 'a region stands twice'),
}
