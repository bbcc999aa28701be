// The main job in two browsers: an admin hands access over, an engineer works, the admin ends it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertDrawn, assertNoComplaints, assume, generate, hintOf, openAs, shot, startWorld } from './harness.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

async function twoPeople() {
  const admin = await openAs(world, world.ana, { at: '/configure/organization/tokens' });
  const engineer = await openAs(world, world.sam, { at: '/configure/organization/assume' });
  return { admin, engineer };
}

async function close(...pages) {
  assertNoComplaints(...pages);
  for (const page of pages) await page.context().close();
}

test('generate, hand over, look, assume, change, expire: out and told so, without a reload', async () => {
  const { admin, engineer } = await twoPeople();
  await assertDrawn(admin);
  const tokenId = await generate(admin);
  await admin.getByRole('button', { name: `Expire ${hintOf(tokenId)}` }).waitFor();
  await shot(admin, 'story-1-generated');

  await engineer.getByRole('textbox', { name: 'Token ID' }).fill(tokenId);
  await engineer.getByText('Well formed, checksum matches.').waitFor({ state: 'attached' });
  await engineer.getByRole('button', { name: 'Assume User' }).waitFor();
  assert.match(await engineer.getByRole('main').innerText(), /Aurora Hotels[\s\S]*Ana Reyes/);
  await shot(engineer, 'story-2-preflight');
  await engineer.getByRole('button', { name: 'Assume User' }).click();
  await engineer.getByRole('region', { name: 'Acting for Aurora Hotels' }).waitFor();
  assert.match(engineer.url(), /\/monitor\/networks$/);
  assert.match(await engineer.title(), /In Aurora Hotels/);
  await shot(engineer, 'story-3-acting');

  await engineer.getByRole('link', { name: 'Aurora Porto' }).click();
  await engineer.getByRole('heading', { name: 'Aurora Porto' }).waitFor();
  await engineer.getByRole('button', { name: 'Edit name and tags' }).click();
  await engineer.getByRole('textbox', { name: 'Name', exact: true }).fill('Aurora Porto Centro');
  await engineer.getByRole('button', { name: 'Save' }).click();
  await engineer.getByRole('heading', { name: 'Aurora Porto Centro' }).waitFor();
  await shot(engineer, 'story-4-changed');

  await admin.getByText('In use now').first().waitFor({ state: 'attached' });
  await admin.getByRole('button', { name: `Expire ${hintOf(tokenId)}` }).click();
  await admin.getByRole('alertdialog').waitFor();
  await shot(admin, 'story-5-expire');
  await admin.getByRole('button', { name: 'Expire Token' }).click();
  await engineer.getByRole('heading', { name: 'Your access to Aurora Hotels has ended' }).waitFor();
  assert.match(await engineer.getByRole('main').innerText(), /Ana Reyes expired the token .* changed 1 thing/);
  await shot(engineer, 'story-6-ended');

  await admin.getByRole('link', { name: 'Audit' }).click();
  await admin.getByText('NetCare Support, acting for Aurora Hotels').first().waitFor({ state: 'attached' });
  await shot(admin, 'story-7-audit');
  await close(admin, engineer);
});

test('a deleted token ends it as well', async () => {
  const { admin, engineer } = await twoPeople();
  const tokenId = await generate(admin, '8 Hours');
  await assume(engineer, tokenId);
  await admin.getByRole('button', { name: `Delete ${hintOf(tokenId)}` }).click();
  await admin.getByRole('button', { name: 'Delete Token' }).click();
  await engineer.getByRole('heading', { name: 'Your access to Aurora Hotels has ended' }).waitFor();
  await close(admin, engineer);
});

test('Go Back leaves, and the admin is offered to expire the token', async () => {
  const { admin, engineer } = await twoPeople();
  const tokenId = await generate(admin);
  await assume(engineer, tokenId);
  await engineer.getByRole('button', { name: 'Go Back' }).click();
  await engineer.getByRole('region', { name: 'Acting for Aurora Hotels' }).waitFor({ state: 'detached' });
  await admin.getByRole('button', { name: 'Expire the token' }).click();
  await admin.getByRole('button', { name: 'Expire Token' }).click();
  await admin.getByRole('button', { name: `Expire ${hintOf(tokenId)}` }).waitFor({ state: 'detached' });
  await close(admin, engineer);
});

test('a reload goes on acting, and after the end it does not', async () => {
  const { admin, engineer } = await twoPeople();
  const tokenId = await generate(admin);
  await assume(engineer, tokenId);
  await engineer.reload();
  await engineer.getByRole('region', { name: 'Acting for Aurora Hotels' }).waitFor();
  await admin.getByRole('button', { name: `Expire ${hintOf(tokenId)}` }).click();
  await admin.getByRole('button', { name: 'Expire Token' }).click();
  await engineer.getByRole('heading', { name: /has ended/ }).waitFor();
  await engineer.reload();
  await engineer.getByRole('link', { name: 'Networks' }).waitFor();
  assert.equal(await engineer.getByRole('region', { name: 'Acting for Aurora Hotels' }).count(), 0);
  await close(admin, engineer);
});

test('nothing secret in the address, in web storage or left in the page', async () => {
  const { admin, engineer } = await twoPeople();
  const tokenId = await generate(admin);
  await assume(engineer, tokenId);
  for (const page of [admin, engineer]) {
    const kept = await page.evaluate(() => JSON.stringify([location.href, { ...localStorage },
      { ...sessionStorage }, document.cookie, document.documentElement.outerHTML,
      [...document.querySelectorAll('input')].map((input) => input.value)]));
    assert.ok(!kept.includes(tokenId), 'the Token ID is gone');
    for (const { password } of world.server.accounts) assert.ok(!kept.includes(password), 'no password');
  }
  await close(admin, engineer);
});
