/**
 * Writes what is served as a bill of materials (CycloneDX, JSON): `npm run sbom -- FILE`. npm makes it from the lock file; what differs
 * each time, a number and the moment, is left out, so that the same packages give the same bytes.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { lockedPackages, repository } from './locked-packages.ts'

interface Bill {
  serialNumber?: string
  metadata: { timestamp?: string; component: { name: string } }
  components: { 'bom-ref': string }[]
  dependencies: { ref: string; dependsOn: string[] }[]
}

/** The document. Throws an Error with what npm says when it cannot make it. */
export function billOfMaterials(): string {
  const words = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only']
  const { status, stdout, stderr } = spawnSync('npm', words, { cwd: repository, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (status !== 0) throw new Error(`npm sbom failed: ${stderr}`)
  const { serialNumber: _number, metadata, components, dependencies, ...bill } = JSON.parse(stdout) as Bill
  const { timestamp: _moment, ...about } = metadata
  const isServed = servedReferences(components.map((one) => one['bom-ref']))
  const own = dependencies.find(({ ref }) => ref.startsWith('nameting@'))
  return `${JSON.stringify(
    {
      ...bill,
      // npm takes the name of the folder.
      metadata: { ...about, component: { ...about.component, name: 'nameting' } },
      components: components.filter((one) => isServed.has(one['bom-ref'])),
      dependencies: dependencies
        .filter(({ ref }) => ref === own?.ref || isServed.has(ref))
        .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => isServed.has(one)) })),
    },
    null,
    2,
  )}\n`
}

/** With --omit=dev npm 11 also leaves out what is served and needed for building as well, such as react: so we choose, by the lock file. */
function servedReferences(references: string[]): Set<string> {
  const packages = [...lockedPackages().values()].filter(({ dev, devOptional }) => !dev && !devOptional)
  const served = new Set(packages.map(({ name, version }) => `${name}@${version}`))
  return new Set(references.filter((one) => served.has(one)))
}

if (import.meta.main) {
  const path = process.argv[2]
  if (path === undefined) {
    console.error('Say which file to write: npm run sbom -- nameting.cdx.json')
    process.exitCode = 2
  } else writeFileSync(path, billOfMaterials())
}
