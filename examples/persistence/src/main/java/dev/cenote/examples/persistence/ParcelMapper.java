package dev.cenote.examples.persistence;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;

/** The statements about parcels. */
// begin mapper
public interface ParcelMapper {
    @Insert("insert into parcels (address, grams) values (#{address}, #{grams})")
    @Options(useGeneratedKeys = true, keyProperty = "id", keyColumn = "id")
    void insert(Parcel parcel);

    @Select("select id, address, grams from parcels where grams >= #{grams} order by id")
    List<Parcel> heavierThan(int grams);

    @Select("select id, address, grams from parcels order by id")
    @Options(fetchSize = 50)
    Cursor<Parcel> all();
}
// end mapper
