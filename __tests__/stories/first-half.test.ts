/**
 * Whole conversations, each a folder: `story.yml` says what is given and what happens; `thread.md` is what people find in the
 * end, `runs.md` what every run came to and did, `jules.md` what Jules was told. `STORIES=write` writes the three anew.
 */
import { namesOfStories } from '../support/stories/script.ts'
import { tellStories } from '../support/stories/tell-stories.ts'

tellStories(namesOfStories().filter((_, at) => at % 2 === 0))
