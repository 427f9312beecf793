/** Looks things up in ordered lists without reading all of them. */

/** The place of the first item that fits, in a list whose items fit from some place on. */
export function firstFrom<T>(all: T[], fits: (item: T) => boolean): number {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const item = all[middle]
    if (item !== undefined && fits(item)) high = middle
    else low = middle + 1
  }
  return low
}
