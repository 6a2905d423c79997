"""Words that are common first names, and words of a school that only look like names."""

# From several languages; none that is a common word as well.
FIRST_NAMES = """
aaliyah aaron abdul abigail adam adrian ahmed aiden aisha alejandro alex alexander alexandra ali
alice amina amir amy ana andrea andrew angela anna anthony antonio aria ashley ava ben benjamin
brandon brian brianna caleb camila carla carlos carmen caroline charlotte chloe chris christopher
claire connor daniel daniela david deshawn destiny diana diego dylan elena eli elijah elizabeth
ella emily emma eric ethan eva evelyn fatima fernando francisco gabriel george giovanni hannah
harper henry ibrahim isaac isabella ivan jack jacob jada jamal james jane jasmine jason javier
jayden jennifer jesse jessica joaquin john johnny jonathan jorge jose joseph joshua josé juan
julia julian justin kaitlyn karen katie kayla keisha kevin kyle laila laura lauren layla leah
leila liam lily logan lucas lucia lucy luis luke madison malik manuel marco marcus maria mariana
mario marisol marquis martin maría mason mateo matthew mei mia michael miguel mohamed mohammed
muhammad mustafa nadia natalie nathan nevaeh nia nicholas nicole noah noor nora olivia omar oscar
pablo patrick paul pedro peter priya rachel rafael raj rebecca ricardo robert rosa ryan salma
samantha samir samuel sara sarah sebastian sofia sophia stephanie steven tamika thomas timothy
tyler valentina vanessa victoria wei william xavier xiomara yasmin yusuf zachary zahra zoe
"""
# What has a capital at school without being a student.
NOT_NAMES = """
monday tuesday wednesday thursday friday saturday sunday january february march april june july
august september october november december monday's friday's a an and are as at but can each every
for from had has have her his how i if in is it my no not on one or our she some that the their
then there they this to was we what when where who why will with yesterday today tomorrow mr mrs
ms dr miss principal teacher teachers student students learner learners pupil pupils children kids
parent parents family families council union board body government leadership handbook portfolio
portfolios showcase support supports services success voice work center grade grades period class
classes section block unit lesson chapter level part plan table team group option stage task type
version year quarter semester homeroom room title school schools district county academy high
middle elementary public advanced honors math mathematics algebra geometry calculus statistics
science biology chemistry physics english spanish french german chinese arabic latin history
civics economics geography art music theatre drama reading writing literature language arts social
studies health special education american african asian european hispanic latino latina latinx
black white native muslim christian jewish catholic google chromebook chromebooks canvas classroom
kahoot desmos quizlet zoom slack powerpoint exit ticket tickets entry bell ringer seminar socratic
think pair share gallery walk sentence starters starter talk moves wait time jigsaw rubric
checklist individual iep ell esl ap ib sat act stem steam sel pbis rti covid internet wifi north
south east west new san santa los las saint united
"""
