/**
 * Writes what is served as a bill of materials (CycloneDX, JSON): `npm run sbom -- FILE`. npm makes it from the lock file; what differs
 * each time, a number and the moment, is left out, so that the same packages give the same bytes.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { knownPrograms, lockedPackages, repository, servedPackages } from './locked-packages.ts'

interface Component {
  'bom-ref': string
}

interface Bill {
  serialNumber?: string
  metadata: { timestamp?: string; component: { name: string } }
  components: Component[]
  dependencies: { ref: string; dependsOn: string[] }[]
}

/** The document. Throws an Error with what npm says when it cannot make it. */
export function billOfMaterials(): string {
  const words = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only']
  const { status, stdout, stderr } = spawnSync('npm', words, { cwd: repository, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (status !== 0) throw new Error(`npm sbom failed: ${stderr}`)
  const { serialNumber: _number, metadata, components, dependencies, ...bill } = JSON.parse(stdout) as Bill
  const { timestamp: _moment, ...about } = metadata
  const nodePrograms = programsOfNode()
  const isServed = servedReferences(components.map((one) => one['bom-ref']))
  const own = dependencies.find(({ ref }) => ref.startsWith('nameting@'))
  return `${JSON.stringify(
    {
      ...bill,
      // npm takes the name of the folder.
      metadata: { ...about, component: { ...about.component, name: 'nameting' } },
      components: [...components.filter((one) => isServed.has(one['bom-ref'])), ...nodePrograms.components],
      dependencies: dependencies
        .filter(({ ref }) => ref === own?.ref || isServed.has(ref))
        .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => isServed.has(one)) }))
        .map(({ ref, dependsOn }) => ({
          ref,
          dependsOn: ref === nodePrograms.needer ? [...dependsOn, ...nodePrograms.references] : dependsOn,
        }))
        .concat(nodePrograms.references.map((ref) => ({ ref, dependsOn: [] }))),
    },
    null,
    2,
  )}\n`
}

/** The packages that the package `node` has npm fetch, one of them by platform, as npm would describe them, and the program in each. */
function programsOfNode() {
  const { version, programs } = knownPrograms()
  const components = Object.values(programs).map(({ package: name, integrity, sha256 }) => ({
    'bom-ref': `${name}@${version}`,
    type: 'library',
    name,
    version,
    scope: 'optional',
    purl: `pkg:npm/${name}@${version}`,
    hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') }],
    licenses: [{ license: { id: 'MIT' } }],
    components: [
      { 'bom-ref': `${name}@${version}/bin/node`, type: 'file', name: 'bin/node', version, hashes: [{ alg: 'SHA-256', content: sha256 }] },
    ],
  }))
  return { needer: `node@${version}`, components, references: components.map((one) => one['bom-ref']) }
}

/** With --omit=dev npm 11 also leaves out what is served and needed for building as well, such as react: so we choose, by the lock file. */
function servedReferences(references: string[]): Set<string> {
  const served = new Set(servedPackages(lockedPackages()).map(({ name, version }) => `${name}@${version}`))
  return new Set(references.filter((one) => served.has(one)))
}

if (import.meta.main) {
  const path = process.argv[2]
  if (path === undefined) {
    console.error('Say which file to write: npm run sbom -- nameting.cdx.json')
    process.exitCode = 2
  } else writeFileSync(path, billOfMaterials())
}
