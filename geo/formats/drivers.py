"""Which drivers of GDAL must not be there when the worker loads it.

Only the Shapefile is read by GDAL; everything else is parsed by this application. `GDAL_SKIP` takes names, not
"all but these", so they are listed; a test fails when a new GDAL brings a driver that is not here.
"""

ALLOWED_DRIVERS = ("ESRI Shapefile", "MEM")

SKIPPED_DRIVERS = tuple(
    (
        "ADBC,AIVector,AVCBin,AVCE00,AmigoCloud,Arrow,CAD,CSV,CSW,Carto,DGN,DWG,DXF,EDIGEO,EEDA,ESRIJSON,ESRIC,"
        "Elasticsearch,FileGDB,FITS,FlatGeobuf,GDALG,GML,GMLAS,GPKG,GPSBabel,GPX,GTFS,GeoJSON,GeoJSONSeq,GeoRSS,HANA,HTTP,"
        "HDF5,Idrisi,Interlis 1,Interlis 2,JML,JP2ECW,JP2KAK,JP2OpenJPEG,JPEG2000,JSONFG,KML,LIBKML,LIBOPENCAD,LVBAG,MBTiles,"
        "MSSQLSpatial,MVT,MapInfo File,MapML,MiraMonVector,MongoDBv3,MySQL,NAS,NGW,netCDF,OAPIF,OCI,ODBC,ODS,OGCAPI,"
        "OGR_GMT,OGR_PDS,OGR_SDTS,OGR_VRT,OSM,OpenFileGDB,PCIDSK,PDF,PDS4,PGDUMP,PGeo,PLSCENES,PMTiles,Parquet,PostgreSQL,"
        "S57,SOSI,SQLite,SXF,Selafin,TIGER,TopoJSON,UK .NTF,VDV,VFK,VICAR,VRT,WAsP,WFS,WMS,WMTS,WCS,XLS,XLSX,XODR,Zarr"
    ).split(",")
)
