/** Questions that come faster than their answers: one is under way, and the newest is next. */
import { describe, expect, it } from "vitest";
import { Newest } from "../../../web/src/engine/newest.js";
import { unheardIn } from "./unhandled.js";

/** Answers that come when the test says so. */
function made() {
  const asked: number[] = [];
  const told: (readonly [string | undefined, number])[] = [];
  const open: { resolve: (answer: string) => void; reject: (error: Error) => void }[] = [];
  const newest = new Newest<number, string>(
    (question) => {
      asked.push(question);
      return new Promise((resolve, reject) => open.push({ resolve, reject }));
    },
    (answer, question) => told.push([answer, question]),
  );
  const settle = async (how: (one: (typeof open)[number]) => void) => {
    const one = open.shift();
    if (!one) return expect.fail("nothing is under way");
    how(one);
    for (let i = 0; i < 5; ++i) await Promise.resolve();
  };
  const answer = (text: string) => settle(({ resolve }) => resolve(text));
  const fail = () => settle(({ reject }) => reject(new Error("refused")));
  return { newest, asked, told, open, answer, fail };
}

describe("the newest question", () => {
  it("is asked at once where none is under way", async () => {
    const { newest, asked, told, answer } = made();
    newest.put(1);
    expect(asked).toEqual([1]);
    await answer("one");
    expect(told).toEqual([["one", 1]]);
    newest.put(2);
    expect(asked).toEqual([1, 2]);
  });

  it("waits for the one under way, and takes the place of those that waited", async () => {
    const { newest, asked, told, open, answer } = made();
    for (let question = 1; question <= 60; ++question) newest.put(question);
    expect(asked).toEqual([1]);
    expect(open).toHaveLength(1);
    await answer("one");
    expect(asked).toEqual([1, 60]);
    expect(open).toHaveLength(1);
    await answer("sixty");
    expect(told).toEqual([
      ["one", 1],
      ["sixty", 60],
    ]);
    expect(open).toHaveLength(0);
  });

  it("is asked after one that failed, of which nothing is told", async () => {
    const { newest, asked, told, answer, fail } = made();
    newest.put(1);
    newest.put(2);
    await fail();
    expect(asked).toEqual([1, 2]);
    await answer("two");
    expect(told).toEqual([
      [undefined, 1],
      ["two", 2],
    ]);
  });

  it("is forgotten, with the one under way, when it is dropped; another may come", async () => {
    const { newest, asked, told, answer } = made();
    newest.put(1);
    newest.put(2);
    newest.drop();
    await answer("one");
    expect(asked).toEqual([1]);
    expect(told).toEqual([]);
    newest.put(3);
    await answer("three");
    expect(told).toEqual([["three", 3]]);
  });

  it("is asked after one whose listener threw, whether it waited or comes later", async () => {
    const asked: number[] = [];
    const fault = new Error("told");
    const newest = new Newest<number, string>(
      (question) => {
        asked.push(question);
        return Promise.resolve("");
      },
      () => {
        throw fault;
      },
    );
    const unheard = await unheardIn(async () => {
      newest.put(1);
      newest.put(2);
      for (let i = 0; i < 10; ++i) await Promise.resolve();
      newest.put(3);
    });
    expect(asked).toEqual([1, 2, 3]);
    expect(unheard).toEqual([fault, fault, fault]); // nothing is hidden
  });
});
