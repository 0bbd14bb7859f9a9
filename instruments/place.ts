/** Every definition lies at `<id>/<version>.json`, so that a reference alone says which file it is. */
import { formatReference, type Mistake, type Problem, type Reference } from './definition.ts'

/** A problem for each definition that does not lie where its id and version say. `files` as in `Read`. */
export function checkPlaces(definitions: Reference[], files: Map<string, string>): Problem[] {
  return definitions.flatMap((definition) => {
    const file = files.get(formatReference(definition)) ?? ''
    const [folder, name] = file.split(/[\\/]/).slice(-2)
    const problems: Problem[] = []
    if (folder !== definition.id) problems.push({ file, path: '/id', reason: `the id is ${definition.id}, but the folder is ${folder}` })
    if (name !== `${definition.version}.json`)
      problems.push({ file, path: '/version', reason: `the version is ${definition.version}, but the file is ${name}` })
    return problems
  })
}

/** Adds to each definition's mistakes the file in which it lies. */
export function inFiles<Definition extends Reference>(
  definitions: Definition[],
  files: Map<string, string>,
  check: (definition: Definition) => Mistake[],
): Problem[] {
  return definitions.flatMap((definition) => {
    const file = files.get(formatReference(definition)) ?? ''
    return check(definition).map((mistake) => ({ file, ...mistake }))
  })
}
