/** The one repository that the emulated GitHub has, and forks of it. */
import type { Account } from './person.ts'

export type Repository = {
  id: number
  owner: Account
  name: string
  private: boolean
  fork: boolean
  defaultBranch: string
  createdAt: string
}

/** `acme/widgets` */
export function fullName({ owner, name }: Repository): string {
  return `${owner.login}/${name}`
}
