import htmx from 'htmx.org';
import { trustOnlyLooks } from './looks.ts';
import { passkeyForm } from './passkey.ts';
import './staff.css';
import './mail.css';
import './school.css';

// Under the pages' content security policy nothing is evaluated and no style element is added.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
trustOnlyLooks();

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) passkeyForm(form);
