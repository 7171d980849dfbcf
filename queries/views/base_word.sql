-- question: 开复工率的口径用哪个词?
-- row: a text
create macro base_word(base_choice) as
case base_choice
    when 'annual_without_preliminary' then '年度清单(不含前期)' when 'due' then '截至当日应开复工'
    when 'promised' then '承诺开复工' else '年度清单'
end
