/** Reads a list of answers to the form of every kind, prints how the phone judges each; asked by tests/applications. */
import { text } from 'node:stream/consumers';
import table from '../../tests/shape/judged_answers.json' with { type: 'json' };
import { isEmpty } from '../data/form.ts';
import { judge } from '../data/judging.ts';
import type { Answers, Form } from '../data/shapes.ts';

const form = table.form as unknown as Form;
const filled = (answers: Answers) => Object.fromEntries(Object.entries(answers).filter(([, value]) => !isEmpty(value)));

const asked = JSON.parse(await text(process.stdin)) as Answers[];
console.log(JSON.stringify(asked.map((answers) => judge(form, filled(answers)))));
