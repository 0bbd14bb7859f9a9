/** What package-lock.json says about the packages that are installed. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const repository = fileURLToPath(new URL('..', import.meta.url))

export interface Locked {
  /** The folder that it is in, `node_modules/zod`. */
  path: string
  name: string
  version: string
  license?: string
  engines?: { node?: string }
  /** Only for building and testing. */
  dev?: boolean
  /** For some platforms only, or where it can be installed. */
  optional?: boolean
  devOptional?: boolean
  peer?: boolean
  hasInstallScript?: boolean
  deprecated?: string
  dependencies?: Record<string, string>
}

export interface OwnPackage {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  allowScripts: Record<string, boolean>
}

/** The Node that everything runs on, by platform: it comes in packages that the lock file does not name. */
export interface KnownPrograms {
  version: string
  /** By `process.platform`-`process.arch`. integrity: of the package, as the registry has it. sha256: of `bin/node` in it, in hex. */
  programs: Record<string, { package: string; integrity: string; sha256: string }>
}

const read = (name: string): unknown => JSON.parse(readFileSync(`${repository}${name}`, 'utf8'))

export const ownPackage = (): OwnPackage => read('package.json') as OwnPackage

export const knownPrograms = (): KnownPrograms => read('scripts/node-programs.json') as KnownPrograms

/** Every package of the lock file by its folder. */
export function lockedPackages(): Map<string, Locked> {
  const { packages } = read('package-lock.json') as { packages: Record<string, Omit<Locked, 'path' | 'name'> & { name?: string }> }
  return new Map(
    Object.entries(packages)
      .filter(([path]) => path !== '')
      .map(([path, one]) => [path, { ...one, path, name: one.name ?? path.replace(/^.*node_modules\//, '') }]),
  )
}

/** Those that are installed where Nameting is served. `npm prune --omit=dev` leaves `devOptional` ones too: somebody who is served could use them. */
export const servedPackages = (packages: ReadonlyMap<string, Locked>): Locked[] => [...packages.values()].filter(({ dev }) => !dev)

/** The package that `name` means in the folder `from`, as Node looks for it; undefined where it is not installed. */
function found(packages: Map<string, Locked>, from: string, name: string): Locked | undefined {
  for (let folder = from; ; folder = folder.replace(/\/?node_modules\/(?:@[^/]+\/)?[^/]+$/, '')) {
    const one = packages.get(`${folder}${folder && '/'}node_modules/${name}`)
    if (one || folder === '') return one
  }
}

/** Every package that one needs, and those need, without itself; those for some platforms only are not counted. */
export function neededBy(packages: Map<string, Locked>, name: string): Locked[] {
  const needed = new Set<Locked>()
  const follow = (one: Locked): void => {
    for (const below of Object.keys(one.dependencies ?? {})) {
      const next = found(packages, one.path, below)
      if (!next || needed.has(next)) continue
      needed.add(next)
      follow(next)
    }
  }
  const self = found(packages, '', name)
  if (self) follow(self)
  return [...needed].filter((one) => one !== self)
}
