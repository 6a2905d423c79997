"""Thanks as teachers meet them: the form, the card, and the journal one keeps."""

from playwright.async_api import expect

WORDS = "explaining the new gradebook twice"
EFFECT = "my Sunday was free"


async def gives_thanks(visitor, to):
    """Thank somebody through the form, for the eyes of the community."""
    await visitor.writes("/thanks")
    people = visitor.form.get_by_role("combobox", name="Whom would you like to thank?")
    await people.fill(to)
    await visitor.page.get_by_role("option", name=to).first.click()
    await visitor.form.get_by_label("What for?").fill(WORDS)
    await visitor.form.get_by_label("What did it do for you?").fill(EFFECT)
    await visitor.form.get_by_role("button", name="Say thanks").click()
    await expect(visitor.form).to_be_hidden()


async def test_ana_thanks_ben_and_ben_keeps_it_in_his_journal(visitor):
    await gives_thanks(visitor, "Ben")
    said = f"for {WORDS} — because {EFFECT}"
    card = visitor.messages("thanks Ben").filter(has_text=said)
    await expect(card).to_have_count(1)

    await visitor.becomes("Ben")
    await visitor.opens("Staffroom")
    await visitor.page.get_by_role("tab", name="Home").click()
    home = visitor.page.get_by_role("tabpanel", name="Home")
    await expect(home).to_contain_text(said)
    await home.get_by_role("button", name="My journal").click()
    await visitor.page.get_by_role("tab", name="Messages").click()
    journal = visitor.messages("Thanks you received").last
    await expect(journal).to_contain_text(said)
    await journal.get_by_role("button", name="Keep as a document").click()

    await expect(visitor.messages("to read on a quiet day").last).to_contain_text("journal")
    await journal.get_by_role("button", name="What I gave").click()
    await expect(
        visitor.messages("Thanks you gave")
        .or_(visitor.messages("What you thank colleagues for"))
        .last
    ).to_be_visible()
    await expect(journal).to_have_count(0)
