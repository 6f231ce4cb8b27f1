import type { Account } from './account.ts';
import { breakIn } from './stories/break-in.ts';
import { denied } from './stories/denied.ts';
import { empty } from './stories/empty.ts';
import { fleet } from './stories/fleet.ts';
import { large } from './stories/large.ts';
import { tidy } from './stories/tidy.ts';
import type { Story } from './story.ts';

/** Every story, the default first. `large` takes a number: `large=500`. */
export const STORIES: readonly Story[] = [breakIn, tidy, fleet, denied, empty, large];

/** Throws UnknownStory when there is none of that name. */
export function accountOf(name: string, now: Date): Account {
  const { story, size } = storyNamed(name);
  return story.tell(now, size);
}

/** Throws UnknownStory when there is none of that name; tells nothing yet. */
export function storyNamed(name: string): { readonly story: Story; readonly size: number | undefined } {
  const [stem = '', size] = name.split('=');
  const story = STORIES.find(known => known.name === stem);
  const isSized = story?.name === 'large';
  if (story === undefined || (size !== undefined && !(isSized && /^[1-9]\d{0,5}$/.test(size)))) throw unknown(name);
  return { story, size: size === undefined ? undefined : Number(size) };
}

/** Somebody asked for a story that is not told here; the message lists those that are. */
export class UnknownStory extends Error {
  override readonly name = 'UnknownStory';
}

function unknown(name: string): UnknownStory {
  const lines = STORIES.map(({ name: known, says }) => `  ${known === 'large' ? 'large=N' : known}: ${says}`);
  return new UnknownStory(`there is no story "${name}"; there are:\n${lines.join('\n')}`);
}
