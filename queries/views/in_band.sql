-- question: 一个数值落在亮灯规则的这一档里吗?
-- row: true or false; a null value lies in the band for what is unknown
create macro in_band(measured, low_inclusive, high_exclusive, when_unknown) as
case
    when measured is null then when_unknown
    else not when_unknown
        and measured >= coalesce(low_inclusive, '-infinity'::double)
        and measured < coalesce(high_exclusive, 'infinity'::double)
end
