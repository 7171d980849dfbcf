-- question: 办结时超期了几个工作日?
-- row: a number; 0 when in time, null when one of the days isn't known
-- Takes calendar.next_index of the day it was finished and calendar.workday_index of the due day.
create macro workdays_late(finish_next_index, due_index) as
case when finish_next_index <= due_index then 0 else finish_next_index - due_index end
